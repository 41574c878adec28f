#include "bot/agents/speech_tables.h"

#define SYSTEM "(server|servers|network|internet|wifi|website|websites|site|system|systems|email|emails|" \
    "mail|mails|exchange|vpn|database|databases|db|erp|sap|crm|phones|telephones|telephony|switch|" \
    "firewall|router|everything|application|applications|app|apps|portal|intranet|checkout|pos|" \
    "terminals|office365|teams|outlook|citrix|rds|dns|storage|nas|cloud|platform|api|backend|" \
    "hosting|connection|line|service|services|infrastructure|cluster|webshop|shop|store|softphone)"

const char *const speech_en_down[] = {
    "(no|without|lost) (internet|network|email|phones|power|connectivity) [at all] "
        "(in|at|for|across|on) [the|our|all|any] [whole|entire] (office|offices|building|company|site|"
        "branch|floor|everyone|everybody)",
    SYSTEM " [server] (is|are) (not responding|not reachable|not available|dead|gone) .. "
        "(nobody|no one|noone|everyone|everybody|all users|whole|entire)",
    SYSTEM " (is|are|went|has gone|have gone|just went|is completely|are all|is totally) "
        "(offline and down|offline for everyone|unreachable|offline since|down|unavailable for everyone)",
    "(website|webshop|shop|server|servers|network|internet|email|vpn|erp|sap|crm|database|system|systems|"
        "exchange|firewall|portal|production|site) [has|have|just|is|are] [just|all|completely|totally] "
        "(crashed|died|collapsed|unreachable|unresponsive|offline)",
    "(outage|blackout) [of|in|at|for] [the|our|all] (whole|entire|complete|internet|network|email|phones|"
        "server|servers|systems|office|company)",
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
const char *const speech_en_panic[] = {
    "emergency",
    "(water|flood|flooding|fire|smoke) (in|is in) [the|our] (server|comms|data|it|network) (room|centre|center)",
    "ransom (note|message|demand|screen)", "ransomware (attack|infection|note|message|screen|hit|struck)",
    "(office|company|team|department|site|branch|building|school|warehouse|clinic|hospital|shop|"
        "store|factory|business|everyone|everybody) .. (at a standstill|cant work|cannot work|unable to work|"
        "stopped working|is paralysed|is paralyzed|locked out|in the dark)",
    "(none|not one|not a single one) of [us|our|the|them|my] [users|staff|people|team|colleagues|employees] "
        "(can|could|is able|are able|has|have)",
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
const char *const speech_en_calm[] = {
    "down for [a|an|the|some|planned|scheduled|regular] (maintenance|update|updates|upgrade|patching|"
        "service|works|reboot|restart)", "down (last|yesterday|a week ago|before)",
    "(was|were) [briefly|shortly|also] (down|offline|unreachable) .. (yesterday|last|but)",
    "(was|were) (down|offline|unreachable) (yesterday|last|earlier|on|this morning but|but)",
    "(server|network|system|erp|database|vpn|website) (down|emergency|crashed) (alert|alerts|page|plan|"
        "message|template|course|procedure|report|exercise|test)",
    "(called|named|titled|labelled|labeled|word|folder|list|file) [the] (emergency|critical|down)",
    "(no|not|isnt|hardly|without|an|the|our|my|his|her|their|for|from|of|your) emergency "
        "(contact|number|exit|plan|kit|light|lights|call|team|phone|button|fund|list|lamp|doctor|drill)",
    "(offline|down) (files|mode|maps|copy|installer|use|folder|folders|archive|version)",
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
    "(about|against|prevent|avoid|what is|what are|define|from|training|protection|protect|anti|of|insurance|what|stop|on) [a|an|the|us|me|ourselves] [from|against] [a|is|are|does] ransomware [attack|attacks|mean|training|protection|virus]",
    "ransomware (protection|training|insurance|definition|policy|prevention|awareness|recovery|policies|course|plan|meaning|works|work|workshop)",
    "emergency (contact|contacts|exit|exits|number|numbers|fund|funds|kit|room|leave|procedure|procedures|access|services|button|"
        "plan|plans|brake|light|lights|call|calls|loan|meeting|meetings|call|drill|shelter|evacuation|list|cash|card|cards|broadcast|"
        "alerts|replacement|sos|phone|mode|admin|account|accounts|credit|landing|passport|medical|vet|contraception|repair|repairs|savings|money|supplies|response|form|phones|lighting|department|preparedness|generator|update|dentist|transfer|travel|fee|fees|system|service|personnel|management|medicine|responders|law|number)",
    "(case|for|during|only|not|no|isnt|event|of|a) [of|in|an|a|any|real] [an|a|for] emergency", "(in|an) [an] emergency (contact|is|which|what|who|how|do|where)",
    "critical (thinking|update|updates|path|mass|review|reviews|acclaim|role|skills|essay|theory|care|analysis|point|points|value|"
        "reception|success|temperature|angle|section|patch|patches|habitat|illness|question|questions|factor|factors|step|steps|component|components|"
        "part|role|role|thinkers|infrastructure|system design|reading|density|damage|hit|window|reasoning|service pack|service level|of|for our|system requirements)",
    "(how|what|why|not|isnt|less|non|when|which|more|most|less|no|never|hardly) [makes|is|are|it|that|s|was|so|do|does|really|very|too|terribly|super|a] [this|a|it|the|considered|so|all] critical",
    "(hacked|hack) (together|phone|game|client|cheats)", "(how|what if|what happens if|if|when|whether|know|tell|avoid|prevent) [do|to|i|my|does|know|if|happens|whether|that|from|i|is|be|has] [i|my|if|account|when|get|was|a] [account|am|is|was|has|get|email|have|phone] [has|is|been|was|get|have] [been|get] hacked",
    "(calm|hunting|firing|fired|fire) (on|alert|drill|alarm|wall|fox|stick|tv|tablet|os|extinguisher)",
    "(set|sets|world|sale|selling|am|im|light|sing|rock|were|song|girl|hearts|hotel|on fire) [the|is|my|world] on fire [sale|tv|stick|today|hd]",
    "(music|songs|song|playlist|play|band|sos|movie|film|show|lyrics) [by|about|from|called] [the] (sos|emergency|ransomware|critical|on fire)",
    "(not|no|isnt|arent|wasnt|never|nothing|longer|dont|havent|wont|nor|neither) [an|a|the|is|really|currently|think|its|it|been|be|any|know|longer|say|see|seen|have|had|that|of|so|yet|very|all|this|super|was] "
        "[an|a|the|is|really|currently|its|it|been|be|was] (down|emergency|critical|outage|hacked|ransomware)",
    "(is|are) (not|never|no longer) (down|critical|offline|dead|crashed)", "losing money on", NULL
};
const char *const speech_en_danger[] = {
    "(end it all|end everything|cant go on living|cannot go on living|tired of living|life is not worth)",
    "(no|not) [longer] want to (live|be here anymore|be alive|exist)", "(dont|not) want to [be] (live|alive|exist)",
    "(threaten|threatens|threatened|threatening) [to|me|us|him|her|my|our|someone|a|that|with] [colleague|boss|"
        "manager|coworker|to] [he|will|with] (kill|hurt|shoot|stab|me|us|him|her|violence|beat|attack|bomb|knife|gun|death)",
    "(bomb|explosive|grenade|gun|weapon) .. (office|building|lobby|school|hospital|reception|entrance|bag|room|"
        "parcel|package|station|factory|warehouse)", "(planted|plant|planting|hid|placed|put) a bomb",
    "(kill|murder|stab|strangle|behead|poison|shoot) (you|him|her|them all|everyone|everybody|my boss|my colleague|"
        "my manager|my wife|my husband|all of you|someone|somebody|people)",
    "(hurt|harm|hurting|harming|cutting|killing|hang) (myself|yourself|himself|herself|themselves)",
    "(going|gonna|about|ready) to jump off",
    "(burn|blow|smash|shoot) (the|your|this|our) (office|building|place|company|house|school) (down|up)",
    "(threatened|attacked|assaulted|beaten) by (a|an|my|the|some|another|our)", "(someone|somebody|colleague|man|woman|person) .. (collapsed|not breathing|"
        "unconscious|bleeding|dying|having a seizure|had a heart attack)", "call an ambulance",
    "(kill|hurt|harm|cut|hang|shoot) (myself|ourselves)", "(end|ending|take|taking) my [own] life", "(suicide|suicidal)",
    "(want|wanna|going|ready|rather|wish) [to|i|was|were] (die|dead) [today|tonight|now|anymore]", "(dont|not) want to (live|be alive|exist|wake up)",
    "no (reason|point) (to|in) (live|living)", "self (harm|harming|injury)", "better off (dead|without me)",
    "(will|gonna|ill|going|want|wanna|going to|about|threatened|threatening|threatens|plans|planning) [to] [come|go] [and|to] (kill|shoot|stab|murder|bomb|strangle|poison|behead) "
        "(you|him|her|them|everyone|everybody|my|your|our|the|his|somebody|someone|people|us)",
    "(will|gonna|ill|going to|want to|wanna) (hurt|beat|attack|punch|burn|smash) (you|him|her|them|everyone|everybody|my boss|my colleague|my manager|my coworker|my wife|my husband|my child|my children|someone|somebody|people)",
    "(bomb|explosive|explosives) [threat|in|at|is|under|inside|here]  (the|threat|our|building|office|school|here|planted|will|station)", "bomb threat",
    "(has|have|with|got|brought|brings|bringing|carrying) a (gun|knife|rifle|pistol|bomb|weapon)", "(gunman|shooter|active shooter|hostage)",
    "death (threat|threats)", "(threatened|threatening|threatens) (me|us|him|her|to|my|our|with|a|the)", "blow up (the|this|your|our) (office|building|school|company|place|headquarters)",
    "(overdosed|overdose on|took all my pills)", "(unconscious|bleeding|not breathing|heart attack|having a stroke|electrocuted)", NULL
};
const char *const speech_en_crime[] = {
    "(emailed|sent|mailed|forwarded|shared|disclosed|uploaded|published) .. (confidential|personal|sensitive|"
        "patient|customer|client|salary|private|secret|internal|payroll) (data|information|file|files|records|"
        "documents|document|list|details|report) .. (external|outside|wrong|public|publicly|stranger|everyone|"
        "competitor|internet|web|unknown)",
    "(extort|extorts|extorting|extorted) [me|us|our]", "(gained|got|have|has) [unauthorised|unauthorized] access to (my|our) "
        "(account|mailbox|email|emails|files|network|server|systems|data)",
    "(someone|somebody|stranger|hacker|hackers|unknown person|criminal|criminals|intruder|attacker|ex) [else] "
        "[is|has|just|keeps|may have|might have] [just|been] (logged|logging|signed|signing|broken|broke|hacked|"
        "got|reading|read|using|used) [in|into] [to|into|on] [with] (my|our|the) (account|accounts|mailbox|email|emails|mail|"
        "mails|password|server|network|files|identity|credit card|company account)",
    "(customer|client|patient|employee|salary|personal|student|member|private|secret|confidential|payroll|"
        "health|personnel|sensitive) (list|lists|data|file|files|record|records|details|information|documents|"
        "numbers|addresses) .. (public|publicly|leaked|stolen|exposed|visible on the|online|on the internet|on the web|"
        "in the wrong hands|to a stranger|to strangers|to the press|to everyone)",
    "(leaked|leaking|stole|published|sold|selling|exposed) .. (data|records|documents|passwords|secrets|"
        "credentials|customers|patients|personal information)",
    "(account|mailbox|email|profile|laptop|pc|computer|phone|server|website) [has|have|was|is|got|been] [been|was] "
        "(hacked|hijacked|compromised|taken over)",
    "(lost|misplaced|missing) .. (laptop|phone|stick|usb|drive|tablet|folder|notebook) .. (data|records|patient|"
        "customer|confidential|sensitive|personal|secret|salary|salaries|contracts|passwords)",
    "(stole|robbed|stolen|mugged|nicked) [my|our|me|the|his|her|from me|from us|from our office|from my car]",
    "data (leak|leakage|breach|theft)", "(security|privacy) (breach|incident)", "(being|am|was|are|been) blackmailed",
    "(steals|stealing|embezzling|defrauding|cheating) .. (company|money|customers|clients|data|us)",
    "(virus|trojan|malware|keylogger|spyware) .. (passwords|banking|bank|data|everything)",
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
const char *const speech_en_innocent[] = {
    "(cut|hang) (myself|ourselves) (out|off|from|some|a|up|free|away|loose|in)",
    "(which|what|where|how) [a] (insurance|policy|department|law|course|training|process|procedure|rules|"
        "form|team|article) .. [a|the|our] [data|security] (breach|breaches|leak|leaks|fraud|theft)",
    "(bath|photo|cherry|stink|f|zip|logic|glitter|time|sex) (bomb|bombs)", "bomb (cyclone|calorimeter|squad|shelter)",
    "(want|wanna|going|ready) [to|was] die (for|laughing|of)", "dead (line|pixel|battery|link|slow|weight)",
    "(shoot|fire|beat|burn|attack|hit|kill) (you|him|her|them|me|us) [over] (an|a) "
        "(email|mail|message|line|note|text|call|link|picture|disc|copy)",
    "(stolen|steal|stole|stealing) (focus|the focus|my focus|the cursor|cursor|bandwidth|time|the show|keyboard focus)",
    "(someone|somebody) [else] [is|was|has] logged in (on|at) the (meeting|shared|conference|training|kiosk)",
    "(leak|leaking|leaked) (memory|oil|ink|toner|water|battery)", "(memory|ink|water|toner|battery|oil|coolant) (leak|leaks|leaking)",
    "(suicide|harassment|bullying|fraud|assault|blackmail|ransom|stalking|theft|breach|bribery) (prevention|policy|training|squad|hotline|awareness|course|song|note in|movie|policies|protection|laws|law|rate|rates|statistics|insurance|department|team|form|bomber|attack|attacks|was|in|by|of|charges)",
    "(what|how|why|when|which|who|where|whom|whose|did|does|do|was|were|are) .. [the|a|of|in|by|to] [many|people|first|to] (suicide|suicidal|harassment|bullying|blackmail|assault|assaulted|raped|rape|ransom|sabotage|espionage|bribery|embezzlement|extortion|unconscious|gunman|hostage|burglary|bleeding|harassed|overdose|stalking)",
    "(what|how|which|define|prevent|avoid|protect|against|report|about|handle|recognise|recognize|training) [is|are|a|an|to|from|do|i|we|does|should|the|can] [a|an|i|we|the|my|us|report|prevent|avoid|handle|protect] [a|an|my|against|us|from] "
        "(data|identity|security|privacy|information|invoice|ceo|bank|payment|wire|credit|gdpr) (breach|theft|leak|fraud|breaches|card)",
    "data breach (policy|notification|insurance|training|procedure|register|report form)", "(not|no|never|isnt|wasnt|without) [a|been|really|any|my|is] (stolen|suicidal|leaked|compromised|hacked|breach|fraud|data)",
    "heart attack [me] (at|when|seeing|over)", "(almost|nearly|gave|giving|give|gives) [me] [had|a] [a] heart attack", "stolen (from|by|base|bases|generation|car is|the) (the|show|idea)", "(kill|shoot) (the|this|that) (process|task|job|app|session|program|service|instance|connection|switch|me|lights|mail|email)",
    "(shoot|attack|attack|burn|bomb|punch|murder) (you|him|her|them|the|my) (an|a|email|mail|message|line|note|text|disc|cd|dvd|problem|issue|hole|ticket)", NULL
};
