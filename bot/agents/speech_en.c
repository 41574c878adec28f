#include "bot/agents/speech_tables.h"

#define PERSON "(human|humans|person|people|someone|somebody|engineer|engineers|technician|technicians|" \
    "tech|agent|agents|representative|rep|operator|advisor|adviser|specialist|manager|supervisor|" \
    "employee|colleague|consultant|expert)"

static const char *const human[] = {
    "(speak|talk|chat|talking|speaking) (to|with) [a|an|the|one|your|any] [member|one] [of] [your|the] "
        "(staff|team|people|engineers|technicians|colleagues|support team|support staff|experts)",
    "(get|be|put|come) [me|us] in (touch|contact) with [a|an|the|your|one of your|some|somebody from] [it|support|real] "
        "(technician|technicians|engineer|engineers|person|human|team|support|staff|specialist|helpdesk|someone|somebody|supervisor)",
    "(get|fetch|call|bring) [me|us] [your|the|a] (supervisor|manager|boss)",
    "(support|service) representative",
    "(speak|talk|chat|talking|speaking) (to|with) .. (human|person|people|engineer|technician|"
        "representative|operator|supervisor|advisor|adviser|specialist|support)",
    "(rather|prefer|better|wish) .. (speak|talk|chat|deal|dealing|speaking|talking) (to|with) [a|an] "
        PERSON,
    "(have|let|get|ask|send|tell|want|need|could|can|may|would) [you|us|i] [please] [send|get|ask|have] "
        "[a|an|the|your|one of your|any] [real|human|senior|other|it|support] "
        "(technician|engineer|human|person|colleague|specialist|representative) [please|to] [please] "
        "(look|contact|call|phone|ring|help|check|take|come|fix|handle|assist|speak|talk|reach|get|"
        "have|on|over|visit|deal|join|step)",
    "(send|dispatch|fetch|summon) [me|us|over|out] [a|an|the|your|some] (technician|engineer|person|"
        "human|specialist|colleague)",
    "(someone|somebody|anyone|anybody|technician|engineer) [from|of|on|in] [the|your] [support|it|team|"
        "helpdesk] [team] [please|to] (call|phone|ring|contact) (me|us)",
    "(talk|speak|chat) .. (on|over) the phone", "(phone|ring|call) me [back] [please|now|asap|today|on]",
    "(needs|requires|need) [a|an|some] [real|actual|human] (human|person|technician) "
        "[please|attention|eyes|here|now|for]",
    "(reach|find|get|see|contact|meet|have|where is|wheres) [me|us|hold of] [a|an|the|any|some] "
        "[real|actual|live] (human|person|technician|operator|representative) [please|here|now]",
    "(give|get|find|bring) (me|us) [a|an] (agent|someone|somebody|engineer|technician|person|human|"
        "supervisor|manager|operator)",
    "not [to|with] (the|an|a|your|some) (assistant|bot|machine|robot|computer|chatbot|program|ai)",
    "(dont|not|never|hate|refuse|stop|tired|sick|done|no more|no point|enough) [want|wanna|like|going|"
        "gonna|wish|of|in|to|i am] [to] (talk|talking|speak|speaking|chat|chatting|deal|dealing|"
        "write|writing) (to|with) [a|an|the|this|your|some] [stupid|dumb|damn] "
        "(bot|bots|robot|robots|machine|machines|chatbot|computer|ai|assistant)",
    "(is|are) there [any|a|no|some] (real|actual|live|human) (human|humans|person|people|being)",
    "(want|need|would like) [this|it|my ticket|my case|my issue] [to be|to get] escalated",
    "(connect|transfer|switch|forward|redirect|put|pass|hand|escalate|refer) [me|us|this|it] [over] "
        "[through] (to|with) [a|an|the|your|some] [real|actual|live|human|customer|it|support] "
        "(support|team|helpdesk|staff|human|person|technician|engineer|colleague|department|supervisor)",
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
    "(no|not|not a|stop|without|hate|enough|tired|sick) [more|the|this|of|with|these|your|talking|to|a|with] (bot|bots|chatbot|robot|machine|robots|chatbots)",
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
    "(urgent|urgency) (flag|flags|mails|emails|email|mail|label|labels|folder|tag|category|status|"
        "messages|care|leave|requests|updates|list|queue)",
    "(mark|flag|marked|flagged|filter|sort|set|tag|send) .. [as|by|to] urgent",
    "(user|account|role|permission|access|licence|license|laptop) for [a|an|the|our] [new] "
        "(engineer|technician|person|specialist|operator)",
    "(in|with|by|via|through|over|using) (teams|zoom|skype|webex|slack)",
    "human (resources|rights|error|errors|resource)", "(user|travel|backup|mail|transfer|antivirus|monitoring|sql|security|"
        "endpoint|estate|ssh|install|installed|software|sync) agent", "(talk|speak|chat|call|phone) (to|with) someone in teams",
    "(want|need) (a|an) (engineer|technician|operator) (account|licence|license|role|user)",
    "(agent|agents) (install|installation|software|version|update|service)", "(how|when) (do|does|did|can) [i|we|you] "
        "(call|phone|ring) me", "urgent care", NULL
};
static const char *const urgent[] = { "urgent", "urgently", "(very|super|extremely) urgent", NULL };
static const char *const negators[] = {
    "(not|no|dont|doesnt|didnt|isnt|arent|wasnt|wont|wouldnt|never|without|nothing|hardly|nor|neither|"
        "non|less|least|rather than|instead of|zero|semi|avoid|aint|needless|havent|shouldnt|nobody|"
        "cannot|cant|couldnt)", NULL
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
static const char *const policy[] = {
    "(refund|refunds|refunded|refunding|chargeback|chargebacks)", "(my|our|money) money back", "(take|taking|legal) [you|this|to] (court|action)",
    "(sue|suing) (you|your)", "(lawyer|lawyers|attorney|solicitor)", "(cancel|terminate|end) [my|our|the] (contract|subscription|agreement)",
    "(delete|erase|remove) all [of] (my|our) [personal] data", "(gdpr|data subject|subject access) (request|access)", NULL
};
#define THING "(outlook|teams|vpn|sap|crm|erp|sharepoint|onedrive|excel|word|citrix|printer|printers|wifi|" \
    "server|servers|email|internet|phone|phones|intranet|exchange|network|database|scanner|salesforce|" \
    "website|portal|telephony|datev|jira|backup|firewall|file server|mail server|app|laptop)"

static const char *const complex[] = {
    THING " [and|the|our|as well as] [the|our] " THING " [and|the|our|as well as] [and|the|our] " THING,
    "(systems|applications|programs|services) at (once|the same time)",
    "[both] " THING " and [the|our] " THING " [system|server|both|also] (stopped|fail|failed|broke|are broken) "
        "[working|syncing|responding|to|at] [at|together|the same]",
    "(several|multiple|many|various|all our|different) (systems|applications|servers|services|platforms|"
        "sites|locations|tools|programs|departments)",
    "(multiple|several|many|various|different|all|three|four|five) [of] [our|the|different|business] (systems|applications|servers|services|platforms|programs|apps) (at|are|is|fail|stopped|not|dont|cannot|cant|and|have|affected|since|simultaneously|no|keep)",
    "(across|affects|affecting|between|in|on) (multiple|several|many|all|various) [our|the|different] (systems|applications|servers|services|sites|locations|platforms|programs|apps|departments)",
    "(integration|interface|sync|synchronisation|synchronization) between", "(data|server|mailbox|tenant|cloud|email|domain|database|exchange|office) migration", "both [the] .. and [the] .. (fail|stopped|broken|not|dont|cannot|cant|are)", NULL
};
static const char *const greeting[] = {
    "(hi|hello|hey|hiya|howdy|greetings|yo|hallo|helo|hellow|heya|hii|hiii) [there|all|team|everyone|support|bot|guys|folks|again|dear|sir|madam]",
    "good (morning|afternoon|evening|day) [all|team|everyone|there|sir|madam]", "dear (support|team|sir|madam|all|helpdesk) [team|or|and] [madam]", "(morning|afternoon|evening)", "(how are|hows) [you|it] [going|doing] [today]", "(is) (anyone|anybody|someone) (there|here)", "anyone (there|here)", "whats up", "test", "ping", "nice to meet you", NULL
};
static const char *const thanks[] = {
    "(thanks|thank you|thx|many thanks) for (the|your|all the|all your|this|that|all) [very|really] "
        "[quick|fast|kind|great|prompt|good|nice|helpful] (help|reply|answer|response|support|assistance|"
        "info|information|work|explanation|tip|update|hint|patience|time|service)",
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
    "(that|this|it|which|answer|article|still|link|solution) (didnt|doesnt|does not|did not|dont|not|hasnt|has not|isnt|wasnt|is not|was not|wont|will not) [really|n|even] (help|helped|work|helping|working|solve|fix|solved|fixed|worked|helpful|useful|it|right|what|answer|relevant|my|the|about|apply|correct|related)",
    "(didnt|doesnt|did not|does not|not|isnt|hasnt|has not|havent|never|no) (help|work|working|helpful|helping|solve|fix|solved|fixed|worked|useful|resolve|resolved|change|luck|success|joy|better|good|difference|effect|helped|relevant|what)",
    "(no|nope|nah) (that|this|thats|its|it|not|still|the|sorry|luck) [is|s|was|did|does|didnt|doesnt|isnt|wasnt|still] [not|it|really]", "(thats|its|this|that|it) (not|isnt|wasnt) (it|what|right|the|my|helpful|correct|an|a|relevant|related|useful)",
    "still (not|the same|doesnt|no|cant|cannot|broken|failing|happening|fails|isnt|same|having|get|getting|wont|offline|stuck|there|nothing|an|error|didnt|unable|have)", "(same|the same) (problem|issue|error|thing|result|message|as before)", "(already|i have|ive|i) [already] (tried|did|done|do|checked|restarted|rebooted) (that|this|it|all|everything|those)",
    "(already) (tried|did|done|checked|restarted)", "(wrong|bad|useless|irrelevant) (answer|article|reply|solution|information|advice|link)", "(nothing|none) (changed|works|helps|helped|happens|of|worked)", "(that|this|it) (made|makes) it worse", "not (what|the) [i|thing|answer|one] [asked|mean|meant|am|need|needed|looking|want|problem|for]", "(did|does|do) not (help|work|answer|solve|fix)", "(dont|do not|didnt) (understand|get) (this|that|it|what|the)", "(no|not) (it|that|this) (didnt|doesnt|isnt|wasnt|wont|did not|does not|is not|was not)", "you (didnt|did not|dont|are not|arent|havent) (understand|understood|answer|get|listening|help|answered|reading)", "(unhelpful|not really|no effect|no luck|no use|no good|no change|didnt do anything|negative)", NULL
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
    { "(idiots|idiot|morons|moron|liar|liars|incompetent fools)", -18 },
    { "(are you kidding|are you serious|you must be joking|you have got to be kidding|is this a joke)", -12 },
    { "(furious|outraged|outrageous|livid|enraged|infuriating|infuriated)", -26 }, { "(unacceptable|inexcusable|scandalous|scandal)", -16 },
    { "(worst|disgraceful|disgusting|disgusted|appalling|appalled|abysmal|atrocious|shameful)", -15 }, { "(ridiculous|pathetic|incompetent|incompetence|joke|laughable|absurd|useless|clueless|insane|bullshit|rubbish|garbage|crap)", -13 },
    { "(terrible|horrible|awful|horrendous|dreadful|hopeless|stupid|dumb|you broke everything|hate this|hate you|hate your)", -12 }, { "(angry|mad at|pissed|hate|fuming|rage|sick of|fed up)", -15 },
    { "(frustrated|frustrating|frustration|annoyed|annoying|irritating|irritated|disappointed|disappointing|dissatisfied|unhappy)", -11 }, { "(upset|bothered|tired of|impatient|nuisance|poor|unprofessional|rude)", -9 },
    { "waste of [my|our] (time|money)", -13 }, { "wasting my time", -13 }, { "(third|fourth|fifth|3rd|4th|5th|tenth|hundredth) time", -10 }, { "how many (more) times", -12 }, { "how many times (do|must|should|have)", -12 },
    { "(over and over|again and again|yet again|once again|every single time|every damn time|every bloody time|every single day)", -6 }, { "(nobody|noone|no one) (cares|answers|helps|responds|listens|replies|bothers)", -13 }, { "(waiting|waited|wait) [for|since] (hours|days|weeks|months|ages|forever|two|three|four|five|a week|so long|all day|monday|tuesday|yesterday)", -8 },
    { "(still|been) waiting", -5 }, { "(what the hell|what the fuck|what the heck|wtf|ffs|for gods sake|for fucks sake|goddamn|damn|damned|bloody)", -10 }, { "(fuck|fucking|fucked|fuckin|shit|shitty|asshole|bastard|bastards|bitch|dick|arse|ass)", -16 }, { "(enough is enough|last straw|had enough|cancel my contract|never again|not good enough|you people|do your job|piece of crap|piece of shit|piece of junk)", -13 },
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
    .ask_wish = "For whom or for which device is this, and by when do you need it?",
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
    { human, human_alone, human_not, urgent, negators, glue, negated, speech_en_down, speech_en_panic,
      speech_en_calm, speech_en_danger, speech_en_crime, speech_en_innocent,
      policy, complex, greeting, thanks, filler, solved, rejected, yes, no, also, question, request, problem },
    moods, &said, common
};
