/* triage_handover.h - what must go to people at once, by the reason that it must be given. */
static const char *const human_asked[] = {
    "speak to an engineer", "SPEAK WITH AN ENGINEER!!!", "I would like to Speak To A Human, please.",
    "urgent", "URGENT!!", "this is urgent", "Hello, it's urgent, my laptop won't start",
    "I want to talk to a real person", "let me talk to somebody", "can I talk to someone please?",
    "Can i speak with a technician?", "could you put me through to a technician",
    "please connect me to an agent", "transfer me to a human", "get me a human",
    "I need a human", "human please", "Human!", "agent", "representative", "operator please",
    "real person please", "give me a real human being", "I need to speak with your support team",
    "may I speak to a supervisor?", "I want to speak with your manager",
    "is there a real person here?", "are there any humans?", "can a human help me?",
    "I don't want to talk to a bot", "no bots please", "stop the bot, I want a person",
    "I'm not talking to a robot", "I would rather talk to a person",
    "I'd prefer to speak to a human", "please call me back", "can someone call me?",
    "could somebody please ring me on my mobile", "I need someone to call me today",
    "please have a technician contact me", "can you send an engineer?", "send a technician please",
    "escalate this please", "please escalate my ticket", "I want this escalated",
    "I want to escalate this", "speak to a humn", "talk to a perosn please", "speek to an engineer",
    "i wanna talk to a human", "wanna speak to someone", "i want to chat with a live agent",
    "live agent", "live chat with a person please", "connect me with customer support",
    "forward me to the helpdesk team", "let me speak to IT", "Is anybody there who is not a machine?",
    "I want to talk to a technician, not a bot", "can I get a human on this?",
    "I need help from a real person", "is it possible to talk to somebody from the team?",
    "Please let a person look at this", "I want a person to look at this",
    "could a technician have a look at it?", "hand me over to a colleague", "I need an actual human",
    "Please get someone to help me, not the assistant", "this needs a human", "we need this urgently",
    "urgently need access to payroll", "Sorry, but I really need to talk to a person about this",
    "No, I want a human", "enough, give me an agent", "i need to talk with somebody now",
    "PLEASE LET ME TALK TO A PERSON", "speak to a person", "talk to a person",
    "How can I reach a human?", "how do I talk to a person here?", "can I speak to somebody?",
    "can we talk on the phone with somebody from support?", "please phone me",
    NULL
};
static const char *const down[] = {
    "The whole office is down, nobody can work", "the server is down", "Our website is down!",
    "Email is down for everyone", "The internet is down in the Berlin office",
    "all our systems are down", "The VPN is down for all users", "our ERP system went down an hour ago",
    "SAP is completely down", "the network has been down since 8", "phones are down",
    "Exchange just went down", "total network outage", "we have a complete power outage at the site",
    "our webshop is offline and down", "Production is down", "the production line has stopped",
    "the database server crashed", "the main server has crashed and we lost connection",
    "no internet in the whole building", "wifi is down", "everything is down",
    "servers down", "our phone system is down since this morning", "the file server seems to be down",
    "The firewall died and we are offline, everything is down", "all tills are down",
    NULL
};
static const char *const panic[] = {
    "nobody can log in", "No one in the company can access their email", "nobody can work",
    "This is an emergency!", "it's an emergency, please help", "EMERGENCY",
    "we have a critical problem", "This is critical!", "the situation is critical for us",
    "our whole team cannot work", "the entire office can't print", "we cannot work at all",
    "we can't work", "none of our staff can log in", "we have been hacked", "we got hacked",
    "I think we have ransomware", "there is a ransomware note on my screen",
    "all our files are encrypted", "everyone is locked out", "the server room is on fire",
    "smoke is coming out of the server", "water in the server room, it is flooded",
    "we are losing money every minute", "everybody in the office is unable to log in",
    "our entire company is offline", "business is at a standstill",
    NULL
};
static const char *const safety[] = {
    "I want to kill myself", "I am going to hurt myself", "I want to die", "I can't go on, I want to end my life",
    "I am suicidal", "there is a bomb in the building", "we received a bomb threat",
    "I will kill you", "I'm going to shoot everyone", "a colleague threatened me",
    "someone has a gun in the office", "he threatened to kill my colleague",
    "my laptop was stolen", "my work phone got stolen on the train", "someone stole my laptop",
    "our customer data was leaked", "personal data has been published on the internet",
    "we have a data leak", "there was a data breach", "I sent the salary list to the wrong person",
    "my password was leaked", "I entered my password on a phishing site",
    "I clicked on a phishing link and entered my password", "somebody is blackmailing me",
    "I am being blackmailed", "my account was hacked and someone is reading my mails",
    "someone logged in to my account from another country", "I was scammed",
    "I gave my password to a scammer", "they want a ransom for our files",
    "a stranger has access to my mailbox", "I am being harassed by a colleague",
    "somebody broke into our office", "I lost my laptop with patient data",
    "a customer list is visible on the internet", "I think my identity was stolen",
    "I don't want to live any more", "there is no point in living",
    NULL
};
static const char *const anger[] = {
    "This is absolutely unacceptable, the worst service ever, I am furious!!!",
    "I am furious! This is the third time and nobody cares!",
    "You are useless, what a joke of a service desk, I am sick of this!",
    "WHAT THE HELL IS WRONG WITH YOU PEOPLE??? THIS IS RIDICULOUS",
    "This is a fucking disaster, your service is shit",
    "I am outraged. Terrible support, pathetic service.",
    "Your support is a disgrace, I am beyond angry, fix this crap now!!!",
    "I've had enough of this garbage, incompetent idiots",
    "Ridiculous! Three weeks waiting and still nothing, totally unacceptable!!",
    "worst it support ever, absolutely disgusting, I hate this",
    "This is bullshit!!! you keep wasting my time!!!",
    "i am so angry right now, this is a complete and utter disaster, awful service",
    NULL
};
static const char *const complex_ones[] = {
    "Several systems are affected: SAP, the CRM and the file server all show old data",
    "multiple applications fail since the migration",
    "The integration between Salesforce and SAP creates wrong orders",
    "Since this morning Outlook, the VPN and SAP do not work",
    "we need help with a server migration to the cloud",
    "the problem affects several departments and multiple servers",
    "Both the ERP and the warehouse system stopped syncing",
    NULL
};
static const char *const policy[] = {
    "I want a refund", "please refund the last invoice", "I will call my lawyer",
    "I want to cancel our contract", "delete all my personal data",
    NULL
};
static const char *const thanks[] = {
    "thanks", "Thank you", "thank you so much!", "perfect, thanks", "ok thx", "ok thanks", "thx!", "ty",
    "great, thank you very much", "Many thanks", "thanks a lot for your help", "cheers",
    "thanks, that works now", "thank you, it works", "Thanks everyone!", "\xf0\x9f\x91\x8d",
    "\xf0\x9f\x99\x8f", "much appreciated", "thanks again", "awesome, thanks!", "wonderful, thank you",
    "thank you for the quick help", "perfect", "great, problem solved, thanks", "all good, thanks",
    "thanks for your patience", "super, thank you and have a nice day",
    NULL
};
static const char *const no_thanks[] = {
    "again", "thanks, but it still fails", "thank you but that did not help", "thanks, one more question",
    "thanks for nothing", "it happened again", "thanks. Can you also unlock my account?", "ok", "no",
    "hello", "please", "thanks in advance, my printer is broken", "not working", "no thanks to you it broke",
    "thanks, now Excel crashes", "thank you, when will it be done?", "great, now the mouse is broken",
    "still the same", "yes", "", "?", "the same problem again", "thanks but no", "great, broken again",
    "perfect timing: the printer failed", "you", "the", "now", "please help again",
    NULL
};
