#include "bot/agents/speech_tables.h"

#define PERSON "(human|humans|person|people|someone|somebody|engineer|engineers|technician|technicians|" \
    "tech|agent|agents|representative|rep|operator|advisor|adviser|specialist|manager|supervisor|" \
    "employee|colleague|consultant|expert)"
#define SYSTEM "(server|servers|network|internet|wifi|website|websites|site|system|systems|email|emails|" \
    "mail|mails|exchange|vpn|database|databases|db|erp|sap|crm|phones|telephones|telephony|switch|" \
    "firewall|router|everything|application|applications|app|apps|portal|intranet|checkout|pos|" \
    "terminals|office365|teams|outlook|citrix|rds|dns|storage|nas|cloud|platform|api|backend|" \
    "hosting|connection|line|service|services|infrastructure|cluster|webshop|shop|store|softphone)"

static const char *const human[] = {
    "(speak|talk|chat|talking|speaking) (to|with|2) [a|an|the|your|our|some|one|any|another] [of] "
        "[your|the] [real|actual|live|human|living|proper|it|support|service|customer|other|senior|"
        "different|qualified|helpdesk|sales|account|technical] [support|service|care|desk|human|live] "
        PERSON,
    "(speak|talk|chat|talking|speaking) (to|with|2) (support|helpdesk|it|anyone|anybody)",
    "(speak|talk|chat) (to|with) [the|your|our|customer|it|technical|tech] (support|team|staff|service) [team|staff|desk]",
    "(speak|talk|chat) (to|with) [a] [real] (man|woman|guy|human)",
    "(want|need|prefer|like|demand|require|give|get|send|find) [me|us] [to] [have] [a|an|the] "
        "[real|actual|live|human|living|proper] (human|engineer|technician|representative|operator)",
    "(want|need|prefer|like|give|get|connect|find) [me|us] [to] [have] [a|an] (real|actual|live|living|proper) " PERSON,
    "(want|need|like|get|give) [me] [a|an] human [agent|being|help|support]",
    "(connect|transfer|switch|forward|redirect|put|pass|hand|escalate|refer) [me|us|this|it] [over] [through] (to|with) "
        "[a|an|the|your|some] [real|actual|live|human|support|service|customer] [support|service] " PERSON,
    "(connect|transfer|escalate|forward|pass) [me|this|it] [over] to [the|your|a] [human|it] (support|team|helpdesk|staff)",
    "(get|let|can) [me|i] [have] (someone|somebody|a person|a human) (on|to) [the] (phone|line|call)",
    "(someone|somebody|anyone|anybody|a person) [please] (call|phone|ring|contact) (me|us)",
    "(call|phone|ring) me [back] [please|now|asap|immediately|today|on]",
    "give me a (call|ring)", "(real|actual|live|living) (person|human|people|agent|humans|support)",
    "human (agent|being|support|help|operator|assistance|representative|please|now|contact|beings)",
    "(is|are) there (any|a|no|some) [real|actual|live] (human|humans|person|people)",
    "any (human|humans|real people) (there|here|around|available)",
    "(no|not [a]|stop|without|hate|enough|tired|sick) [more|the|this|of|with|these|your|talking|to|a|with] (bot|bots|chatbot|robot|machine|robots|chatbots)",
    "(i) [just|really] want [a] (human|person|someone)", "i need [a] (human|person) [to]",
    "(speak|talk) human", "let me (speak|talk) (to|with)", "(customer|live) (representative|rep|agent)",
    "(want|need|can|could|may|like) [i|to|you] [please] escalate", "escalate (this|it|my) [ticket|issue|request] [please]",
    NULL
};
static const char *const human_alone[] = {
    "(human|agent|person|operator|representative|engineer|technician|someone|helpdesk|supervisor|"
        "manager|rep|specialist|humans)",
    "[a] (human|person|agent|engineer|technician|operator|representative) (please|pls|now|asap)", "live (chat|help)",
    "(speak|talk|chat)", "call me", "i (want|need) (help from|someone|somebody)", "(bot|robot) (bad|stop|off)", NULL
};
static const char *const human_not[] = {
    "human (resources|rights|error|errors|resource)", "(user|travel|backup|mail|transfer|antivirus|monitoring|sql|security|"
        "endpoint|estate|ssh|install|installed|software|sync) agent", "(talk|speak|chat|call|phone) (to|with) someone in teams",
    "(want|need) (a|an) (engineer|technician|operator) (account|licence|license|role|user)",
    "(agent|agents) (install|installation|software|version|update|service)", "(how|when) (do|does|did|can) [i|we|you] "
        "(call|phone|ring) me", "urgent care", NULL
};
static const char *const urgent[] = { "urgent", "urgently", "(very|super|extremely) urgent", NULL };
static const char *const negators[] = {
    "(not|no|dont|doesnt|didnt|isnt|arent|wasnt|wont|wouldnt|never|without|nothing|hardly|nor|neither|"
        "non|less|least|rather|instead|zero|semi|avoid|aint|needless)", NULL
};
static const char *const glue[] = {
    "(a|an|the|any|to|want|wanna|need|needed|have|wish|like|really|so|that|very|too|super|at|all|"
        "is|it|its|be|do|does|need|needing|for|necessary|required|particularly|terribly|extremely|"
        "especially|actually|yet|longer|than|of|going|gonna|interested|in|feel|me|us|here|require|"
        "you|there|this|being|having|anything|thing|matter|even|necessarily|overly|exactly|as)", NULL
};
static const char *const negated[] = {
    "[is|are|was|isnt|arent|its] (not|isnt|arent|no|un) [really|at] [all] (needed|required|necessary|longer|"
        "urgent|wanted|possible)", "(isnt|arent) (needed|required|necessary)", "is (unnecessary|optional)",
    "(unnecessary|no)", NULL
};
static const char *const down[] = {
    SYSTEM " [in|at|of|for] [our|the|all|both|my|head|main|berlin|london] [office|offices|site|sites|branch|shop|company] "
        "(is|are|was|were|went|goes|has|have|had|keeps|seems|appears|just|still|gone) "
        "[been|to|be|just|still|completely|totally|all|going|gone|currently|now|again|fully|suddenly|also] [be|been] down",
    SYSTEM " down", "whole (system|network|company|office|site) down",
    "(server|servers|network|database|website|system|production|erp|firewall|vm|host|hosts|cluster|portal|exchange) "
        "[has|have|just|is|are] [just] (crashed|died|dead|crashing|collapsed|unreachable|offline|unresponsive)",
    "(is|are|went|gone|goes|been) [just|still|completely|totally|all|currently|now|suddenly|again|hard] down",
    "(total|complete|full|major|massive|widespread|company|network|internet|email|server|service|system|power|wide|site|there|vpn) "
        "[wide|is|an|network|service|email|internet|a|server|system] outage",
    "(an|having|have|experiencing|seeing) [an|a|major|huge] outage", "outage (at|in|affecting|since|right|again)",
    "(production|prod|line|lines|factory|plant|warehouse) (has|is|are|have) [been|come|completely|at|a] [to] [a] "
        "(stopped|standstill|halted|stopping|stop|down)",
    "no (internet|network|email|phones|connectivity) (in|at|for|across|on) [the|our|all|any] "
        "(office|offices|building|company|site|branch|floor|everyone|anyone|everybody|floors|sites|departments)",
    "(phones|servers|systems|computers|pcs|terminals|tills|registers) are [all] (dead|down|dark|offline|out)",
    "(all|every) [of] [our|the] (systems|servers|computers|phones|sites|screens) (is|are) [all] (down|dead|offline|out|unreachable)",
    NULL
};
static const char *const panic[] = {
    "(nobody|noone|none) [here|else|of|in] [us|them|at|my|our|the|all] [users|office|team|staff|company|department] "
        "[here] (can|could|is|are) [able] [to]",
    "no (one|user|users|staff|employee|employees|customer|customers|client|clients) [here|in] [the|our|at] [office|company|all|team] "
        "(can|could|is able|are able|is|are) [able]",
    "(whole|entire) (office|company|team|department|site|floor|branch|building|school|warehouse|plant|clinic|"
        "hospital|business|organisation|organization|firm|staff|factory|hotel|practice|store|shop|network) "
        "[is|are|has|have|just|here|currently] [all|now|been|no|lost|completely] "
        "(cant|cannot|down|offline|stuck|affected|unable|without|locked|lost|stopped|disconnected|out|paralysed|paralyzed|internet|access|standstill|dead)",
    "(everyone|everybody|all users|all staff|all employees|all of us) [here|in|at] [the|our] [office|company|team|department] "
        "[is|are|has|have] [all|been|completely|now] (cant|cannot|offline|stuck|affected|unable|without|locked|disconnected|stopped)",
    "(i|we|they|people|staff|users|us|team|everyone|employees|colleagues) [all|just|simply|literally|really|still|now] (cant|cannot|couldnt) [do|get] [any|our|my|at] [all] work",
    "(i|we|they|people|staff|users) [are|am] (unable|not able) to work", "(work|business|operations|everything) (has|is) [at|come|completely|all] [to] [a] (stopped|standstill|halted|stop)",
    "(cant|cannot) work (anymore|any|at|because|since|until|right|now|today|like)", "(dead|stuck) in the water",
    "(this|it|its|thats|we|is|have|got|has|an|real|genuine|absolute|medical|major) [is|got|have] [a|an] [real|absolute|huge|genuine|major|it|true] emergency", "emergency (please|help|now|here|situation|at|in)",
    "(this|it|thats|its|situation|is|very|really|extremely|mission|business) [is|very|really|extremely|absolutely|now|super|getting] critical",
    "critical (issue|problem|failure|incident|situation|outage|system|server|bug|emergency|fault|ticket|priority|service|alert)",
    "(have|got|has|hit|infected|attacked|encrypted|by|with|suspect|possible|detected|under|its|is|think) [been|a|an|it|by|with|it] [a] [is|been] ransomware",
    "ransomware (on|attack|has|is|encrypted|detected|infection|in|note|virus|popup|hit|message|screen|alert|here|again)",
    "(all|our|my|the) [our|my|the] files [are|have|were|got|all] [been|all|now] encrypted",
    "(we|i|server|system|account|website|site|network|company|email|computer|laptop|pc|got|been|accounts) [have|has|was|were|am|are|are|is] [just|been|being|getting] [just|being|been|probably] hacked",
    "(losing|lose|lost) [a|lots|so] [lot|of] [much] (money|customers|orders|sales|revenue|business|thousands)",
    "(is|on|caught|catching|server|room|building|office) [literally] on fire", "(smoke|smoking|burning|sparks|flames) (is|are|from|coming|smell|out|and)",
    "(server|office|comms|computer) room is (flooded|flooding|burning|under)", "(patients|customers|clients) are (waiting|queueing|queuing|leaving|lining|stuck|standing)",
    "stopped working for (everyone|everybody|all|the whole|our whole)", "(red|code) alert", "mayday", "sos",
    "(not working|doesnt work|broken|offline|unavailable|failing) for (everyone|everybody|all users|all of us|the whole|the entire|our whole|all staff|the company)",
    NULL
};
/* A word before or behind that makes an outage harmless; checked around the hit. */
static const char *const calm[] = {
    "(slow|slowed|slows|slowing|turn|turned|turning|turns|scroll|scrolled|scrolls|scrolling|write|wrote|written|writing|"
        "calm|calmed|calming|drop|dropped|drops|shut|shuts|shutting|break|breaks|breaking|broke|broken|cool|sit|sat|"
        "lie|lay|lying|come|came|cut|cuts|cutting|narrow|tone|water|watered|mark|marked|pull|pulled|pin|"
        "hold|page|arrow|back|tear|count|step|track|tracked|track|boil|bring|brings|close|closed|swipe|key|"
        "upside|bow|go|look|looking|note|noted|put|puts|let|crack|press|push|pushed|take|takes|took|jot|"
        "wind|winding|scale|scaled|scales|power|powers|powering|powered|type|typed|touch|melt|settle|walk|settled|lock|locked|hand|handed|"
        "ramp|die|spin|knock|roll|rolled|wear|save|play|thin|fall|fell|rain|run|ran|feel|feeling|feels|felt|face|head|thumbs|wash|"
        "nailed|nail|trim|dumb|load|double|doubled|burn|burned|burnt|kneel|lean|climb) "
        "[the|a|it|my|this|that|our|your|me|them|him|her|us|all|volume|whole|computer|pc|laptop|system|server|screen|brightness|everything] "
        "[volume|pc|computer|laptop|page|menu|server|app|machine|system|screen|music|site|fan|network|sound|connection|internet|service|email|website] down",
    "(volume|price|prices|sales|sale|temperature|temperatures|sun|moon|battery|stock|stocks|market|markets|rate|rates|numbers|"
        "number|score|demand|mood|morale|arrow|arrows|blinds|curtain|curtains|window|windows|lid|head|hair|thumb|weight|cost|costs|"
        "water|tree|trees|plane|bridge|road|revenue|profit|profits|he|she|him|her|brightness|share|shares|"
        "bitcoin|inflation|interest|fever|swelling|grades|rain|snow|heat|level|levels|balance|spirits|"
        "key|pressure|noise|usage|count|crime|spending|traffic|quality|income|budget|value|dollar|euro|"
        "pound|exchange rate|unemployment|attendance|productivity|tab|button|tire|tyre|i|im|wall|fence|"
        "elevator|lift|you|youre|shields|pants|shutters|guard|load|latency|ping|flag|flags|leaves|kids|baby|child|spending|bids|ticket count|backlog|toilet|sleeves) "
        "(is|are|was|were|went|goes|has|have|had|keeps|seems|am|go|be|just|always|im|feel|going) "
        "[been|to|be|just|still|completely|all|going|gone|currently|now|again|feeling|so|really|a|lot|way|go|bit|coming|come|very|been|slightly|shut|feeling] [be|been|bit|lot] down",
    "down (payment|payments|to|by|syndrome|jacket|under|arrow|votes|vote|side|stairs|town|voted|menu|memory|pat|feather|"
        "feathers|the road|the street|the line|the page|the list|the stairs|the hall|comforter|pillow|south|north|key|below|"
        "converter|sampling|mix|conversion|sizing|grade|size|button)",
    "(if|when|whenever|unless|case|before|until|once|what) [the|our|a|my|any|of|happens|will|to|do|an] [the|our|a|my|when|if|whole|main|i] " SYSTEM
        " (is|are|goes|go|went|crashes|fails|has|does|comes|gets|breaks) [going|to|ever|to] [be|go] (down|offline|crashed|dead|gone)",
    "(is|are) (upside|face|way|well|not|never|hands|not) down",
    "(is|are) it [completely|totally|also|not] down", "(planned|scheduled|last|previous|past|yesterdays|upcoming|next|future|old|recent|prevent|avoid|during|"
        "report|history|about) [weeks|months|the|a|an|any|power|network|internet|of|service|maintenance] [outage|of|power] outage",
    "outage (report|policy|map|insurance|window|notification|notice|history|calendar|log|reports|notifications|plan|procedure|management|template|page)",
    "(last|yesterdays|previous|planned|scheduled) outage", "(what|how|which) [is|are|does|do|was] [a|an|the] [planned] outage",
    "(nobody|noone|none|one|no one) [else|here|of] [us|them] (can|could|is|are) [able] [to] (tell|help|hear|know|beat|deny|explain|blame|understand|predict|say|"
        "stop|imagine|replace|ever|believe|remember|find out|agree|guess|resist|figure|complain|spell|care|interested|"
        "perfect|home|there|allowed|supposed|forced|responsible|above|immune|around|hurt|answering|happy|like|see my|read my|else|better|safe|watching)",
    "(so|that|sure|ensure|where|until|which|prevent|make|want|like|when|if) [that|so|to|the|it] (nobody|noone|none|no) [one|else|user|of] [else|us] (can|could|is|are)",
    "no (one|user|users|staff|customer|customers|client|clients) (is|are) (allowed|missing|affected|assigned|registered|selected|listed|found|there|home|complaining|waiting|logged|more|worse|better|interested)",
    "(is|are|does|has) (the|my|our) (whole|entire)", "(cant|cannot|couldnt) work (out|from|it|this|with|around|for|on|through|together|under|remotely|offline|as|past|and)",
    "(cant|cannot) get (it|this|that|the|my) work", "(how|what|when|why|if|like) [does|do|would|can|will] [a|an|the|you|i|we] [get|it] [infected|hit] [by|with] ransomware",
    "(about|against|prevent|avoid|is|are|define|from|training|protection|protect|anti|of|insurance|what|stop|on) [a|an|the|us|me|ourselves] [from|against] [a|is|are|does] ransomware [attack|attacks|mean|training|protection|virus]",
    "ransomware (protection|training|insurance|definition|policy|prevention|awareness|recovery|policies|course|plan|meaning|works|work|workshop)",
    "emergency (contact|contacts|exit|exits|number|numbers|fund|funds|kit|room|leave|procedure|procedures|access|services|button|"
        "plan|plans|brake|light|lights|call|calls|loan|meeting|meetings|call|drill|shelter|evacuation|list|cash|card|cards|broadcast|"
        "alerts|replacement|sos|phone|mode|admin|account|accounts|credit|landing|passport|medical|vet|contraception|repair|repairs|savings|money|supplies|response|form|phones|lighting|department|preparedness|generator|update|dentist|transfer|travel|fee|fees|system|service|personnel|management|medicine|responders|law|number)",
    "(case|for|during|only|not|no|isnt|event|of|a) [of|in|an|a|any|real] [an|a|for] emergency", "(in|an) [an] emergency (contact|is|which|what|who|how|do|where)",
    "critical (thinking|update|updates|path|mass|review|reviews|acclaim|role|skills|essay|theory|care|analysis|point|points|value|"
        "reception|success|temperature|angle|section|patch|patches|habitat|illness|question|questions|factor|factors|step|steps|component|components|"
        "part|role|role|thinkers|infrastructure|system design|reading|density|damage|hit|window|reasoning|service pack|service level|of|for our|system requirements)",
    "(how|what|why|not|isnt|less|non|when|which|more|most|less|no|never|hardly) [makes|is|are|it|that|s|was|so|do|does|really|very|too|terribly|super|a] [this|a|it|the|considered|so|all] critical",
    "(hacked|hack) (together|phone|game|client|cheats)", "(how|what|if|when|know|tell|could|can|was|avoid|being|getting|possible) [do|to|i|my|does|know|if|happens|whether|that|from|i|is|be|has] [i|my|if|account|when|get|was|a] [account|am|is|was|has|get|email|have|phone] [has|is|been|was|get|have] [been|get] hacked",
    "(calm|hunting|firing|fired|fire) (on|alert|drill|alarm|wall|fox|stick|tv|tablet|os|extinguisher)",
    "(set|sets|world|sale|selling|am|im|light|sing|rock|were|song|girl|hearts|hotel|on fire) [the|is|my|world] on fire [sale|tv|stick|today|hd]",
    "(music|songs|song|playlist|play|band|sos|movie|film|show|lyrics) [by|about|from|called] [the] (sos|emergency|ransomware|critical|on fire)",
    "(not|no|isnt|arent|wasnt|never|nothing|longer|dont|havent|wont|nor|neither) [an|a|the|is|really|currently|think|its|it|been|be|any|know|longer|say|see|seen|have|had|that|of|so|yet|very|all|this|super|was] "
        "[an|a|the|is|really|currently|its|it|been|be|was] (down|emergency|critical|outage|hacked|ransomware)",
    "(is|are) (not|never|no longer) (down|critical|offline|dead|crashed)", "losing money on", NULL
};
static const char *const danger[] = {
    "(kill|hurt|harm|cut|hang|shoot) (myself|ourselves)", "(end|ending|take|taking) my [own] life", "(suicide|suicidal)",
    "(want|wanna|going|ready|rather|wish) [to|i|was|were] (die|dead) [today|tonight|now|anymore]", "(dont|not) want to (live|be alive|exist|wake up)",
    "no (reason|point) (to|in) (live|living)", "self (harm|harming|injury)", "better off (dead|without me)",
    "(will|gonna|ill|going|want|wanna|going to|about|threatened|threatening|threatens|plans|planning) [to] [come|go] [and|to] (kill|shoot|stab|murder|bomb|strangle|poison|behead) "
        "(you|him|her|them|everyone|everybody|my|your|our|the|his|somebody|someone|people|us)",
    "(will|gonna|ill|going to|want to|wanna) (hurt|beat|attack|punch|burn|smash) (you|him|her|them|everyone|everybody|my (boss|colleague|manager|coworker|wife|husband|child|children)|someone|somebody|people)",
    "(bomb|explosive|explosives) [threat|in|at|is|under|inside|here]  (the|threat|our|building|office|school|here|planted|will|station)", "bomb threat",
    "(has|have|with|got|brought|brings|bringing|carrying) a (gun|knife|rifle|pistol|bomb|weapon)", "(gunman|shooter|active shooter|hostage)",
    "death (threat|threats)", "(threatened|threatening|threatens) (me|us|him|her|to|my|our|with|a|the)", "blow up (the|this|your|our) (office|building|school|company|place|headquarters)",
    "(overdosed|overdose on|took all my pills)", "(unconscious|bleeding|not breathing|heart attack|having a stroke|electrocuted)", NULL
};
static const char *const crime[] = {
    "(laptop|phone|computer|tablet|ipad|iphone|notebook|device|badge|keycard|keys|bag|usb|stick|drive|server|macbook|mobile|pc|equipment|hardware|wallet|token) "
        "[with|from|containing|was|were|is|has|got|have|had] [been|company|my|the|it|just|data|car] [just|got|data|been] (stolen|robbed|snatched|nicked)",
    "(stole|stolen|steal|robbed|stealing|steals) [my|our|the|a|some|from|company] [company|work|business|office|client|customer] (laptop|phone|computer|tablet|data|files|documents|devices|badge|passwords|information|credentials|money|identity|me|us)",
    "(identity|data) theft", "(broke|broken|break) (into) (our|the|my) (office|building|server|account|network|system|premises|mailbox|computer|email)", "(burglary|burglar|burgled|break in at)",
    "(data|information|privacy|security) (breach|leak|leaked|breached|leaking)", "(leaked|leak|leaking|exposed|exposing|stole|published|disclosed) [our|the|some|all|of|confidential|sensitive] "
        "(customer|client|personal|patient|employee|company|confidential|private|salary|sensitive|medical|internal|user|credit|hr|student) (data|information|records|files|documents|details|card|list|lists|emails)",
    "(customer|client|personal|patient|employee|confidential|private|salary|sensitive|medical|health|student|payroll|hr|credit card|company) (data|information|records|files|documents|details|list|spreadsheet|file) "
        "[is|are|was|were|has|have|got|may|might] [been|be|have|publicly|now|all|just|visible] [been|on|to|publicly|available|out] "
        "(public|exposed|leaked|online|stolen|published|internet|everyone|breached|compromised|web|accessible|lost)",
    "(sent|emailed|forwarded|mailed|shared|send) .. [email|mail|data|file|list] [to] [the|a] wrong (person|recipient|customer|client|address|people|company|email|patient|contact|recipients|group)",
    "(password|passwords|credentials|account|accounts|mailbox|email|login|api key|identity) (has|have|was|were|is|are|got) [been|probably|maybe|just] (leaked|compromised|stolen|breached|exposed|hijacked|phished|taken)",
    "(gave|given|entered|typed|put|submitted|told|shared|give) [him|them|her|out|away|in] [my|the|our] [company|work|bank|login|office|email] (password|credentials|pin|login|details|passwords|card) [on|to|in|into|at] [a|an|the|that|this|some] "
        "(phishing|fake|scam|scammer|scammers|fraudulent|stranger|caller|suspicious|hacker|wrong|dodgy|bogus|malicious|spoofed)",
    "(phishing|scam|suspicious|malicious|fake|dodgy|strange) (link|mail|email|attachment|site|website|page|message|mails) .. [and] (entered|gave|typed|logged|opened|submitted|provided|downloaded|put) [in|my|the|with]",
    "(clicked|opened|clicking|click) [on] [a|an|the|that|this] [link|attachment] [in|from|of] [a|an|the|that|this] (phishing|scam|malicious|suspicious|dodgy|fake)",
    "(unauthorised|unauthorized|strange|unknown|illegal) (access|login|transaction|transactions|transfer|logins|sign|charges)", "(someone|somebody|stranger|hacker|hackers|intruder|he|they) [else] (is|has|was|are|have|got|gained|had) [logged|been] [just|able|been|now] "
        "(hacked|accessing|accessed|in|into|using|used|stolen|reading|control|access|logging|logged) [in|into|to|of|using|access|my|our]  [to|my|our|the] (account|accounts|mailbox|network|server|system|computer|emails|email|files|identity|password|pc|laptop)",
    "(blackmail|blackmailed|blackmailing|extortion|extorted|extort|ransom)", "(harassed|harassing|harassment|stalking|stalked|stalker|assaulted|assault|molested|raped|rape|bullied|bullying)",
    "child (porn|pornography|abuse)", "(got|been|was|were|is|being) (scammed|defrauded|robbed|conned|swindled|phished)", "(ceo|invoice|wire|bank|credit card|payment) fraud", "(fraud|fraudster|scammer|scammers) (has|is|have|got|called|took|on)",
    "(transferred|wired|paid|sent) [the|some] [lot|of] money to [a|an|the] (scammer|fraudster|fake|wrong|scammers|fraudsters)", "(embezzle|embezzled|embezzlement|bribe|bribed|bribery|sabotage|sabotaged|espionage)",
    "(gdpr|privacy|hipaa) (breach|violation|incident)", "(lost|misplaced|left) [my|our|the|a|unencrypted] [company|work|unencrypted|business|office|encrypted] "
        "(laptop|usb|usb stick|hard drive|notebook|thumb drive|memory stick|documents|drive|ipad|tablet) [with|containing|full] [with|of|all|our|the|customer|client|patient|company|confidential] "
        "(data|files|records|documents|customer|client|patient|confidential|personal|information)", NULL
};
static const char *const innocent[] = {
    "(suicide|harassment|bullying|fraud|assault|blackmail|ransom|stalking|theft|breach|bribery) (prevention|policy|training|squad|hotline|awareness|course|song|note in|movie|policies|protection|laws|law|rate|rates|statistics|insurance|department|team|form|bomber|attack|attacks|was|in|by|of|charges)",
    "(what|how|why|when|which|who|where|whom|whose|did|does|do|was|were|are) .. [the|a|of|in|by|to] [many|people|first|to] (suicide|suicidal|harassment|bullying|blackmail|assault|assaulted|raped|rape|ransom|sabotage|espionage|bribery|embezzlement|extortion|unconscious|gunman|hostage|burglary|bleeding|harassed|overdose|stalking)",
    "(what|how|which|define|prevent|avoid|protect|against|report|about|handle|recognise|recognize|training) [is|are|a|an|to|from|do|i|we|does|should|the|can] [a|an|i|we|the|my|us|report|prevent|avoid|handle|protect] [a|an|my|against|us|from] "
        "(data|identity|security|privacy|information|invoice|ceo|bank|payment|wire|credit|gdpr) (breach|theft|leak|fraud|breaches|card)",
    "data breach (policy|notification|insurance|training|procedure|register|report form)", "(not|no|never|isnt|wasnt|without) [a|been|really|any|my|is] (stolen|suicidal|leaked|compromised|hacked|breach|fraud|data)",
    "heart attack [me] (at|when|seeing|over)", "(almost|nearly|gave|giving|give|gives) [me] [had|a] [a] heart attack", "stolen (from|by|base|bases|generation|car is|the) (the|show|idea)", "(kill|shoot) (the|this|that) (process|task|job|app|session|program|service|instance|connection|switch|me|lights|mail|email)",
    "(shoot|attack|attack|burn|bomb|punch|murder) (you|him|her|them|the|my) (an|a|email|mail|message|line|note|text|disc|cd|dvd|problem|issue|hole|ticket)", NULL
};
static const char *const policy[] = {
    "(refund|refunds|refunded|refunding|chargeback|chargebacks)", "(my|our|money) money back", "(take|taking|legal) [you|this|to] (court|action)",
    "(sue|suing) (you|your)", "(lawyer|lawyers|attorney|solicitor)", "(cancel|terminate|end) [my|our|the] (contract|subscription|agreement)",
    "(delete|erase|remove) all [of] (my|our) [personal] data", "(gdpr|data subject|subject access) (request|access)", NULL
};
static const char *const complex[] = {
    "(multiple|several|many|various|different|all|three|four|five) [of] [our|the|different|business] (systems|applications|servers|services|platforms|programs|apps) (at|are|is|fail|stopped|not|dont|cannot|cant|and|have|affected|since|simultaneously|no|keep)",
    "(across|affects|affecting|between|in|on) (multiple|several|many|all|various) [our|the|different] (systems|applications|servers|services|sites|locations|platforms|programs|apps|departments)",
    "(integration|interface|sync|synchronisation|synchronization) between", "(data|server|mailbox|tenant|cloud|email|domain|database|exchange|office) migration", "both [the] .. and [the] .. (fail|stopped|broken|not|dont|cannot|cant|are)", NULL
};
static const char *const greeting[] = {
    "(hi|hello|hey|hiya|howdy|greetings|yo|hallo|helo|hellow|heya|hii|hiii) [there|all|team|everyone|support|bot|guys|folks|again|dear|sir|madam]",
    "good (morning|afternoon|evening|day) [all|team|everyone|there|sir|madam]", "dear (support|team|sir|madam|all|helpdesk) [team|or|and] [madam]", "(morning|afternoon|evening)", "(how are|hows) [you|it] [going|doing] [today]", "(is) (anyone|anybody|someone) (there|here)", "anyone (there|here)", "whats up", "test", "ping", "nice to meet you", NULL
};
static const char *const thanks[] = {
    "(thanks|thank|thx|thankyou|ty|tnx|thnx|cheers|tysm|thankx|tks|thanx) [you|u] [so|very] [much|a|lot|lots|all|again|for|kindly|everyone|million|guys|team|both|ton|bunch] [million|ton|bunch|lot|your|the|help|quick|you|fast|time|so|support|response|much] [help|response|reply|support|assistance|time|patience|answer] [everyone|all|again|team|guys]",
    "(many|much) (thanks|appreciated|obliged)", "(appreciate|appreciated) [it|that|your|the|this|you] [help|all|time|support]", "(great|perfect|awesome|excellent|brilliant|lovely|super|wonderful|cool|nice|amazing|fantastic) [thanks|thank|job|work|stuff|service|help|news] [you]", "you [are|re] (the best|great|awesome|a star|amazing|a legend|a lifesaver)", "youre (the best|great|awesome|a star|amazing|a legend|a lifesaver)", "i appreciate [it|that|your|the] [help]", "have a (nice|good|great|lovely) (day|weekend|evening|one|night|afternoon|time)", "(bye|goodbye|see you|cya|take care|good night)", NULL
};
static const char *const filler[] = {
    "(ok|okay|k|alright|great|good|fine|perfect|sure|cool|nice|yes|yeah|yep|ah|oh|well|so|and|all|very|much|really|lovely|super|got|it|understood|noted|i|see|you|too|again|for|now|the|your|help|a|lot|everyone|team|guys|sir|madam|just|done|please|there|thanks|thank|dear|that|will|do|try|to|this|is|am|hey|hi|hello|my|best|regards|kind)", NULL
};
static const char *const solved[] = {
    "(it|this|that|everything|all|its|printer|vpn|outlook|email|now|which) [is|has|now|just|finally|seems|all|to|started] [is|now|to|finally|be] (works|working|worked|solved|fixed|resolved|helped|sorted|helps|work) [now|again|fine|thanks|thank|perfectly|great|well|me]",
    "(works|working|worked|solved|fixed|resolved|sorted|helped|works) (now|it|thanks|thank|again|perfectly|great|fine|like|for me|my|the|that|well)", "(problem|issue) [is|has|was|now] [been|now] (solved|fixed|resolved|gone|sorted)",
    "(that|this|it|which) (did|fixed|solved|helped|worked|resolved|does|has) [indeed|the|it|my|really|a] (it|the|my|help|helped|trick|lot|work|perfectly|problem|issue|thanks|great|worked|me)", "(that|this|it) (helped|worked|works|helps)", "(i|we) (fixed|solved|sorted|found|got|figured|managed) (it|out|the problem|the issue|it to)", "(all|im|we are) (good|set|sorted) (now|thanks|here|thank)", "[thats|its] all (good|sorted|fixed|set|fine) [now]", "(never|no) mind [i|it|got|found]", "nevermind", "(you|u) can close (this|it|the|my) [ticket|request|case|issue]", "(please|can) close (this|the|my) (ticket|request|case)", "(works|fixed|solved|resolved|sorted)", "yes [that|it|this] [did|has] (helped|worked|works|help|solved|fixed)", "(did the trick|good now|fine now|back up|up and running|running again)", "(perfect|great|excellent|awesome) (it|that|this) (works|worked|helped|is|did)", "(exactly|just) what i needed", NULL
};
static const char *const rejected[] = {
    "(that|this|it|which|answer|article|still|link|solution) (didnt|doesnt|does|did|dont|not|hasnt|has|isnt|wasnt|is|was|wont) [not|really|n|even] (help|helped|work|helping|working|solve|fix|solved|fixed|worked|helpful|useful|it|right|what|answer|relevant|my|the|about|apply|correct|related)",
    "(didnt|doesnt|did not|does not|not|isnt|hasnt|has not|havent|never|no) (help|work|working|helpful|helping|solve|fix|solved|fixed|worked|useful|resolve|resolved|change|luck|success|joy|better|good|difference|effect|helped|relevant|what)",
    "(no|nope|nah) (that|this|thats|its|it|not|still|the|sorry|luck) [is|s|was|did|does|didnt|doesnt|isnt|wasnt|still] [not|it|really]", "(thats|its|this|that|it) (not|isnt|wasnt) (it|what|right|the|my|helpful|correct|an|a|relevant|related|useful)",
    "still (not|the same|doesnt|no|cant|cannot|broken|failing|happening|fails|isnt|same|having|get|getting|wont|offline|stuck|there|nothing|an|error|didnt|unable|have)", "(same|the same) (problem|issue|error|thing|result|message|as before)", "(already|i have|ive|i) [already] (tried|did|done|do|checked|restarted|rebooted) (that|this|it|all|everything|those)",
    "(already) (tried|did|done|checked|restarted)", "(wrong|bad|useless|irrelevant) (answer|article|reply|solution|information|advice|link)", "(nothing|none) (changed|works|helps|helped|happens|of|worked)", "(that|this|it) (made|makes) it worse", "not (what|the) [i|thing|answer|one] [asked|mean|meant|am|need|needed|looking|want|problem|for]", "(did|does|do) not (help|work|answer|solve|fix)", "(dont|do not|didnt) (understand|get) (this|that|it|what|the)", "(no|not) (it|that|this) (did|does|is|was|isnt|didnt|doesnt|wont)", "you (didnt|did not|dont|are not|arent|havent) (understand|understood|answer|get|listening|help|answered|reading)", "(unhelpful|not really|no effect|no luck|no use|no good|no change|didnt do anything|negative)", NULL
};
static const char *const yes[] = { "(yes|yeah|yep|yup|yea|correct|right|exactly|indeed|absolutely|sure|definitely|true|y|ja|affirmative)", NULL };
static const char *const no[] = { "(no|nope|nah|not|n|negative|never|unfortunately|sadly)", NULL };
static const char *const also[] = {
    "(also|additionally|furthermore|moreover|besides|plus|secondly|second|thirdly|another|separately|btw)", "(and) (also|another|then|how|can|could|where|what|when|who|please|i|id|we|is)", "(one|another|two) (more|other) (thing|question|issue|request|things|problem)", "another (thing|question|issue|request|problem)", "by the way", "in addition", "on top of that", "as well as", "(one) more", "while (im|youre|we|i) (at it|here|are)", NULL
};
static const char *const question[] = {
    "(how|what|where|when|why|who|which|whose|whom|can|could|is|are|does|do|will|would|may|should|did|has|have|was|were|whats|wheres|hows)", "(in|at|to|from|for|with|by|on|of) (what|which|whom|whose)", "(tell|show|explain|help) [me|us] (how|what|where|why|to|about)", "(i|we) (wonder|wanted to know|want to know|would like to know|need to know)", NULL
};
static const char *const request[] = {
    "(please|pls|kindly)", "(can|could|would|will) (you|someone|i|we|u)", "(i|we) [also|just|really|would|do] (need|want|like|require|wish)", "(id|wed) (like|need|love|want)", "(install|create|add|remove|delete|change|update|reset|set|give|grant|order|unlock|enable|disable|move|rename|send|arrange|provide|configure|extend|book|replace|upgrade|activate|deactivate|share|restore)", NULL
};
static const char *const problem[] = {
    "(cant|cannot|couldnt|unable|wont|doesnt|isnt|didnt|arent|hasnt|dont|keeps|stopped|stuck|slow|broken|broke|crash*|freez*|froze|frozen|fail*|error*|problem*|issue*|trouble*|offline|disconnect*|lost|missing|wrong|dead|blank|black|locked|hang*|hung|lag*|corrupt*|reject*|denied|refus*|crackl*|blinking|jam*|expired|bounc*|virus|spam)", "not (working|able|responding|connecting|printing|loading|opening|sending|receiving|possible|found|showing|syncing|starting|recognised|recognized|available|charging|turning|accepted|detected|visible)", "no (sound|audio|signal|connection|access|internet|network|picture|response|display|image|power)", "(does|do|did|will|can|is) not", NULL
};

static const struct speech_mood moods[] = {
    { "(furious|outraged|outrageous|livid|enraged|infuriating|infuriated)", -26 }, { "(unacceptable|inexcusable|scandalous|scandal)", -16 },
    { "(worst|disgraceful|disgusting|disgusted|appalling|appalled|abysmal|atrocious|shameful)", -15 }, { "(ridiculous|pathetic|incompetent|incompetence|joke|laughable|absurd|useless|clueless|insane|bullshit|rubbish|garbage|crap)", -13 },
    { "(terrible|horrible|awful|horrendous|dreadful|hopeless|idiots|idiot|morons|moron|stupid|dumb|liar|liars)", -12 }, { "(angry|mad at|pissed|hate|fuming|rage|sick of|fed up)", -15 },
    { "(frustrated|frustrating|frustration|annoyed|annoying|irritating|irritated|disappointed|disappointing|dissatisfied|unhappy)", -11 }, { "(upset|bothered|tired of|impatient|nuisance|poor|unprofessional|rude)", -9 },
    { "waste of [my|our] (time|money)", -13 }, { "wasting my time", -13 }, { "(third|fourth|fifth|3rd|4th|5th|tenth|hundredth) time", -10 }, { "how many (more) times", -12 }, { "how many times (do|must|should|have)", -12 },
    { "(over and over|again and again|yet again|once again|every (single|damn|bloody) (time|day))", -6 }, { "(nobody|noone|no one) (cares|answers|helps|responds|listens|replies|bothers)", -13 }, { "(waiting|waited|wait) [for|since] (hours|days|weeks|months|ages|forever|two|three|four|five|a week|so long|all day|monday|tuesday|yesterday)", -8 },
    { "(still|been) waiting", -5 }, { "(what the (hell|fuck|heck)|wtf|ffs|for gods sake|for fucks sake|goddamn|damn|damned|bloody)", -10 }, { "(fuck|fucking|fucked|fuckin|shit|shitty|asshole|bastard|bastards|bitch|dick|arse|ass)", -16 }, { "(enough is enough|last straw|had enough|cancel my contract|never again|not good enough|you people|do your job|piece of (crap|shit|junk))", -13 },
    { "(complaint|complain|complaining)", -8 }, { "(happy|glad|pleased|delighted|satisfied)", 8 }, { "(great|excellent|awesome|fantastic|wonderful|amazing|brilliant|perfect|lovely|superb|love)", 9 }, { "(thanks|thank|appreciate|appreciated|grateful|thx|cheers)", 7 }, { "(helpful|kind|nice|friendly|quick|works now|solved|fixed it|working now)", 5 }, { NULL, 0 }
};

static const char *const common[] = {
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "anyone", "anything", "are", "aren", "arent", "as", "at", "be", "because", "been", "before", "being", "but", "by", "can", "cannot", "cant", "come", "could", "couldnt", "did", "didnt", "do", "does", "doesnt", "doing", "don", "done", "dont", "each", "else", "even", "ever", "every", "for", "from", "get", "gets", "getting", "give", "go", "goes", "going", "got", "had", "has", "hasnt", "have", "havent", "having", "he", "hello", "help", "her", "here", "hey", "hi", "him", "his", "how", "i", "id", "if", "ill", "im", "in", "into", "is", "isnt", "it", "its", "ive", "just", "kind", "know", "let", "like", "ll", "made", "make", "many", "may", "me", "might", "more", "most", "much", "must", "my", "need", "no", "not", "now", "of", "off", "ok", "on", "one", "only", "or", "other", "our", "out", "over", "own", "please", "re", "really", "s", "said", "same", "say", "she", "should", "so", "some", "someone", "something", "still", "such", "tell", "than", "thank", "thanks", "that", "thats", "the", "their", "them", "then", "there", "these", "they", "thing", "things", "this", "those", "through", "to", "too", "try", "trying", "u", "up", "us", "use", "used", "using", "very", "want", "wanted", "was", "wasnt", "way", "we", "well", "were", "what", "whats", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "wont", "would", "yes", "you", "your", NULL
};

static const struct speech_said said = {
    .hello = "Hello! I am {bot}, the automated assistant of the service desk.",
    .offer = "What can I help you with?",
    .how_human = "To reach a person at any time, write \"speak to a human\".",
    .acknowledge = "Thank you, I have noted that.",
    .welcome = "You are welcome. If anything is still open, just write it here.",
    .glad = "Good to hear! If anything is still open, just write it here.",
    .solved = "Great, I am glad that it works. I am closing this request; if the problem comes back, just write here.",
    .answer = "This may help. From our article \"{title}\": \"{quote}\"",
    .helped = "Did this help?",
    .sorry_failed = "I am sorry that this did not help.",
    .not_found = "I have found no sure answer in our articles.",
    .ask_device = "Which device or program is this about?",
    .ask_error = "What exactly do you see: is there an error message or number, and what did you do just before?",
    .ask_since = "Since when does this happen, and did anything change shortly before?",
    .ask_scope = "Does this affect only you, or other people as well?",
    .ask_site = "At which office or place are you, and does it also happen elsewhere?",
    .ask_rephrase = "Could you describe in one or two sentences what you would like to do or know?",
    .handoff = "I am handing this to a person from our team, who can read everything that you wrote here.",
    .handoff_urgent = "I have alerted our team right now; a person will take over here and can read everything that you wrote.",
    .handoff_angry = "I am sorry for this experience; a person from our team is taking over now and can read everything that you wrote.",
    .handoff_safety = "I am passing this to a person right now; if somebody is in danger, please call the emergency number first.",
    .handoff_closed = "Our team is not in at the moment; your request stands at the top of their list and a person will answer here.",
    .handoff_opens = "Our team is back {opens}; your request stands at the top of their list and a person will answer here.",
    .also_passed = "A person from our team will take care of your other request: \"{request}\"",
    .yes = "Yes, that helped", .no = "No, that did not help", .human = "Speak to a human",
    .devices = { "Computer", "Phone or tablet", "Printer", "Something else" },
    .since = { "Since today", "For a few days", "For longer" },
    .scope = { "Only me", "Several people", "Everyone" },
};

const struct speech speech_en = {
    "en",
    { human, human_alone, human_not, urgent, negators, glue, negated, down, panic, calm, danger, crime, innocent,
      policy, complex, greeting, thanks, filler, solved, rejected, yes, no, also, question, request, problem },
    moods, &said, common
};
