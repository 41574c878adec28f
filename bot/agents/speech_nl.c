#include "bot/agents/speech_tables.h"

static const char *const human[] = {
    "(met|aan) [een|de|iemand|jullie] [echt|echte|andere|levend|levende] (mens|persoon|"
        "medewerker|medewerkster|technicus|collega|monteur|iemand|operator|klantenservice|"
        "supportmedewerker|leidinggevende|helpdeskmedewerker|vertegenwoordiger|ingenieur|engineer|"
        "support|helpdesk) [van|bij] [de|jullie] [support|helpdesk|it] (spreken|praten|chatten|"
        "verbonden|bellen|doorverbonden|doorverbinden|overleggen|verbinden)",
    "(kan ik|mag ik|wil ik|ik wil|ik wil graag) [graag] [een|de] (medewerker|mens|technicus|"
        "persoon|collega) (spreken|aan de lijn)",
    "(spreken|praten|chatten|verbind|verbonden) [met|ik|me|mij] [worden] [met] [een|de|iemand] "
        "[echt|echte] (mens|persoon|medewerker|technicus|collega|iemand|operator|helpdesk|support)",
    "(wil|graag|heb|nodig) [ik] [graag|liever] [een] [echt|echte] (mens|medewerker|echt "
        "persoon|technicus) [spreken|nodig]",
    "(echt|echte) (mens|persoon|mensen|medewerker)",
    "(verbind|schakel) [me|mij] [door] [met|naar] [een|de] (mens|medewerker|persoon|collega|"
        "technicus|support)",
    "bel [me|mij] [terug|even|aub]",
    "(kunnen jullie|kun je|kunt u) [me|mij] [even] (bellen|terugbellen)",
    "(geen|niet met een|haat) (bot|chatbot|robot|computer praten)",
    "(is er|zijn er) [een|ook|hier] [echt|echte] (mens|mensen|iemand echt)",
    NULL
};
static const char *const human_alone[] = {
    "[een] (mens|medewerker|technicus|persoon|operator|collega) [aub|alsjeblieft|alstublieft]",
    NULL
};
static const char *const human_not[] = {
    "medewerker (account|pas|nummer)",
    NULL
};
static const char *const urgent[] = {
    "(urgent|urgente|dringend|dringende|spoedeisend|spoedgeval|met spoed|heeft spoed)",
    NULL
};
static const char *const negators[] = {
    "(niet|geen|nooit|zonder|niets|nergens|noch|minder|in plaats van|weinig)",
    NULL
};
static const char *const glue[] = {
    "(zo|erg|heel|een|het|is|echt|bijzonder|nodig|met|te|ik|wil|hoef|meer|super|zeer|helemaal|"
        "wat|bepaald|noodzaak|behoefte|aan)",
    NULL
};
static const char *const negated[] = {
    "[is|hoeft] [het] niet [nodig|noodzakelijk]",
    "(onnodig|overbodig)",
    NULL
};
static const char *const down[] = {
    "(server|servers|netwerk|internet|wifi|systeem|systemen|mail|email|exchange|vpn|database|"
        "erp|sap|crm|website|webshop|site|telefonie|telefoons|telefooncentrale|outlook|teams|"
        "applicatie|cloud|firewall|router|productie|kassa|kassas|verbinding|intranet|alles) (is|"
        "zijn|was|ligt|liggen|lag) [bij] [ons|iedereen|weer|nog|al|volledig|helemaal|compleet] "
        "[steeds|weer|sinds] (down|plat|uitgevallen|eruit|offline|gecrasht|onbereikbaar|weg|dood|"
        "platgelegd|uit de lucht)",
    "(server|netwerk|internet|mail|website|systeem) (storing|uitval|crash)",
    "(stroomstoring|netwerkstoring|internetstoring|serverstoring|stroomuitval|totale uitval)",
    "geen (internet|netwerk|stroom|telefoon) [meer] (op|in|bij) [het|de] [hele] (kantoor|"
        "bedrijf|gebouw|vestiging|winkel|verdieping)",
    "(productie|fabriek) (ligt|staat) stil",
    NULL
};
static const char *const panic[] = {
    "(niemand|geen enkele medewerker|geen enkele gebruiker) [hier|van ons|op kantoor|bij ons] "
        "(kan|kunnen)",
    "(kan|kunnen) [hier|op kantoor] niemand",
    "(hele|gehele|volledige) (kantoor|bedrijf|team|afdeling|vestiging|verdieping|school|winkel|"
        "gebouw) .. (niet|geen|plat|stil|zonder|offline|down)",
    "(kan|kunnen|konden) .. niet [meer] werken",
    "niets (werkt|doet het) [hier|meer]",
    "(noodgeval|noodsituatie)",
    "(kritiek|kritieke|kritisch) (probleem|storing|fout|situatie|systeem|incident)",
    "(is|zeer|heel|bedrijfs) kritiek",
    "(ransomware|gijzelsoftware)",
    "(zijn|ben|is|worden|account) [we|wij|ik] gehackt",
    "(brand|rook|vuur) (in|uit)",
    "(staat|staan) in brand",
    NULL
};
static const char *const calm[] = {
    "(in geval van|bij een|voor) (nood|noodgeval|een noodgeval|noodgevallen)",
    "(wat is|tegen|bescherming|over) [een|tegen] (ransomware|gijzelsoftware)",
    "(als|wanneer) [de|het] .. (plat|down|eruit) (ligt|is)",
    "(zodat|opdat) niemand",
    "niemand (kan|weet) [me|mij] (helpen|vertellen|weten|horen)",
    NULL
};
static const char *const danger[] = {
    "(mezelf|mijzelf) (doden|ophangen|snijden|verwonden|van kant maken|iets aandoen|van het "
        "leven)",
    "(zelfmoord|suicidaal|zelfdoding|suicidaal)",
    "(wil dood|wil ik dood|niet meer leven|einde aan mijn leven)",
    "(bommelding|bomdreiging|een bom|doodsbedreiging|gijzeling|schietpartij)",
    "(vermoord|steek|schiet) [ik] (je|jullie|hem|haar|ze) [allemaal|neer]",
    "(bedreigt|bedreigd|bedreigen) (mij|me|ons|door)",
    NULL
};
static const char *const crime[] = {
    "(laptop|telefoon|computer|tablet|pas|sleutels|usb stick|mobiel|tas|apparaat) .. (gestolen|"
        "gejat)",
    "(is|zijn|werd|werden) [gisteren|vandaag|vannacht] (gestolen|ingebroken|bestolen|opgelicht)",
    "(inbraak|ingebroken|chantage|gechanteerd|afpersing|afgeperst|geintimideerd|sabotage|"
        "oplichting|opgelicht)",
    "(datalek|data lek|identiteitsfraude|privacyschending)",
    "(klantgegevens|persoonsgegevens|patientgegevens|bedrijfsgegevens|gegevens|data) .. "
        "(gelekt|openbaar|gepubliceerd|gestolen|op straat)",
    "(naar|aan) (de|het) verkeerde (persoon|klant|ontvanger|adres|bedrijf)",
    "(account|wachtwoord|mailbox|inloggegevens) [is|zijn|werd] (gehackt|gestolen|"
        "gecompromitteerd|buitgemaakt|misbruikt)",
    "(geklikt|ingevuld|gegeven|ingevoerd|geopend|klikte) .. (phishing|phishinglink|"
        "phishingmail|oplichter)",
    "(phishing|phishingmail|phishinglink) .. (geklikt|ingevuld|geopend)",
    NULL
};
static const char *const innocent[] = {
    "(preventie|beleid|training|cursus) .. (pesten|sabotage|inbraak|datalek)",
    "wat is [een] (datalek|zelfmoord|afpersing)",
    NULL
};
static const char *const policy[] = {
    "(terugbetaling|terugbetalen|restitutie|geld terug|terugbetaald)",
    "(advocaat|aanklagen|juridische stappen|rechtszaak)",
    "(contract|abonnement) (opzeggen|beeindigen)",
    "al mijn gegevens (verwijderen|wissen)",
    NULL
};
static const char *const complex[] = {
    "(meerdere|verschillende|alle|diverse) (systemen|servers|applicaties|programmas|diensten) "
        "(werken|zijn|doen|liggen)",
    NULL
};
static const char *const greeting[] = {
    "(hallo|hoi|goedemorgen|goedemiddag|goedenavond|goedendag|dag|hey|goeiemorgen|beste) "
        "[allemaal|team|iedereen|support|helpdesk]",
    NULL
};
static const char *const thanks[] = {
    "(bedankt|dank|dankjewel|dankuwel|dank je|dank u|hartelijk dank|thanks) [wel|je|u|jullie|"
        "alvast|voor] [wel|de|je|uw|jullie] [snelle] [hulp|reactie|antwoord]",
    "(fijne|prettige) (dag|avond|weekend)",
    "(tot ziens|doei|groetjes)",
    NULL
};
static const char *const filler[] = {
    "(ok|oke|goed|prima|top|super|heel|erg|alles|fijn|mooi|duidelijk|begrepen|nu|aub|"
        "alsjeblieft|weer|helder|en|dan)",
    NULL
};
static const char *const solved[] = {
    "(het|dit|dat|alles|nu|probleem) [is|werkt|doet|heeft|nu] [nu|weer|het] (werkt|opgelost|"
        "geholpen|verholpen|doet het|gelukt|gefixt|werkt weer)",
    "(werkt|doet het) (weer|nu|prima|goed|bedankt)",
    "(opgelost|gelukt|heeft geholpen|verholpen)",
    "ja [dat|dit] (heeft geholpen|hielp|werkt|werkte)",
    NULL
};
static const char *const rejected[] = {
    "(dat|dit|het|werkt|helpt|heeft|hielp|is) [helpt|heeft|werkt|is|hielp] [helaas|mij|me|nog|"
        "ook|nog steeds|het] niet [geholpen|gewerkt|het|goed|wat|opgelost]",
    "(werkt|helpt|hielp|lukt) [helaas|nog|ook|mij] niet",
    "(nog steeds|nog) (niet|hetzelfde|dezelfde|geen|kapot|stuk)",
    "(hetzelfde|dezelfde) (probleem|fout|foutmelding|resultaat)",
    "(heb|had) [ik] [dat|dit|het] al (geprobeerd|gedaan|getest)",
    "(verkeerd|fout|verkeerde) (antwoord|oplossing)",
    "nee (dat|dit|het) (is|werkt|helpt|hielp|was)",
    "(niet geholpen|helaas niet|geen verschil|zonder succes|niets veranderd)",
    NULL
};
static const char *const yes[] = {
    "(ja|jazeker|klopt|precies|inderdaad)",
    NULL
};
static const char *const no[] = {
    "(nee|neen|helaas)",
    NULL
};
static const char *const also[] = {
    "(daarnaast|bovendien|verder|ten tweede|tevens)",
    "en (ook|hoe|waar|wanneer|kunnen jullie|kunt u|kun je|ik wil|ik heb ook|nog een)",
    "nog (een|iets) [vraag|ding|probleem|verzoek]",
    "(een andere|andere) (vraag|zaak|kwestie)",
    NULL
};
static const char *const question[] = {
    "(hoe|wat|waar|wanneer|waarom|wie|welke|welk|kan|kunnen|kunt|kun|mag|is er|zijn er|hoeveel|"
        "waarmee|waarvoor|waardoor|waarop|door wie|met wie|in welk|in welke|sinds wanneer)",
    NULL
};
static const char *const request[] = {
    "(graag|alstublieft|alsjeblieft|aub|wil|nodig|zou|kunt u|kun je|kunnen jullie|verzoek)",
    NULL
};
static const char *const problem[] = {
    "(werkt|start|print|opent|laadt|reageert|verbindt|lukt|doet|kan|krijg|kom|ontvang) [het|ik|"
        "er|mijn|op|nu|bij] [het|mij|de|mijn] (niet|geen)",
    "(kapot|stuk|defect|traag|storing|fout|foutmelding|probleem|problemen|vastgelopen|loopt "
        "vast|geblokkeerd|vergrendeld|verloren|kwijt|verlopen|offline|hangt)",
    "(geen|zonder) (geluid|beeld|signaal|verbinding|toegang|internet|netwerk)",
    NULL
};

static const struct speech_mood moods[] = {
    { "(woedend|razend|schandalig|schandalige|schande|onacceptabel|onaanvaardbaar|belachelijk|"
          "ongehoord)", -19 },
    { "(waardeloos|waardeloze|incompetent|prutsers|idioten|zielig|bagger|rampzalig|aanfluiting|"
          "schaamteloos)", -14 },
    { "(slechtste|slechte|verschrikkelijk|afschuwelijk|vreselijk|zat|beu|spuugzat|ellende)", -12 },
    { "(boos|gefrustreerd|frustrerend|geirriteerd|irritant|teleurgesteld|teleurstellend|"
          "ontevreden|vervelend)", -11 },
    { "(kut|klote|godverdomme|verdomme|shit|kloten|tering|rot op)", -14 },
    { "(derde keer|vierde keer|vijfde keer|zoveelste keer|alweer|voor de zoveelste)", -8 },
    { "(wacht al|wachten al|al uren|al dagen|tijdverspilling|klacht)", -8 },
    { "(bedankt|dank|vriendelijk|tevreden|behulpzaam)", 7 },
    { "(geweldig|perfect|fantastisch|uitstekend|top)", 7 },
    { NULL, 0 }
};

static const char *const common[] = {
    "aan", "al", "alle", "alles", "als", "bedankt", "ben", "bent", "bij", "daar", "dan", "dat",
    "de", "deze", "die", "dit", "doen", "doet", "door", "een", "en", "er", "gaan", "gaat", "geen",
    "geworden", "graag", "haar", "had", "hallo", "heb", "hebben", "heeft", "help", "het", "hier",
    "hij", "hoe", "hoeveel", "hulp", "hun", "iets", "ik", "in", "is", "je", "jij", "jouw",
    "jullie", "kan", "kun", "kunnen", "kunt", "maar", "mag", "me", "meer", "met", "mij", "mijn",
    "moet", "naar", "niet", "nog", "nu", "of", "om", "onder", "ons", "onze", "ook", "op", "over",
    "te", "toch", "tot", "u", "uit", "uw", "van", "veel", "voor", "waar", "waarom", "wanneer",
    "want", "waren", "was", "wat", "we", "wel", "welk", "welke", "werd", "werden", "wie", "wij",
    "wil", "willen", "worden", "wordt", "ze", "zij", "zijn", "zo", "zou",
    NULL
};

static const struct speech_said said = {
    .hello = "Hallo! Ik ben {bot}, de automatische assistent van de servicedesk.",
    .offer = "Waarmee kan ik helpen?",
    .how_human = "Een mens bereikt u altijd door te schrijven: “met een mens praten”.",
    .acknowledge = "Bedankt, ik heb het genoteerd.",
    .welcome = "Graag gedaan. Als er nog iets openstaat, schrijf het dan hier.",
    .glad = "Fijn! Als er nog iets openstaat, schrijf het dan hier.",
    .solved =
        "Mooi dat het werkt. Ik sluit dit verzoek; als het probleem terugkomt, schrijf dan "
            "gewoon hier.",
    .answer = "Dit kan helpen. Uit ons artikel “{title}”: “{quote}”",
    .helped = "Heeft dit geholpen?",
    .sorry_failed = "Het spijt me dat dit niet heeft geholpen.",
    .not_found = "Ik heb geen zeker antwoord gevonden in onze artikelen.",
    .ask_device = "Om welk apparaat of programma gaat het?",
    .ask_error =
        "Wat ziet u precies: is er een foutmelding of nummer, en wat deed u vlak daarvoor?",
    .ask_since = "Sinds wanneer gebeurt dit, en is er kort daarvoor iets veranderd?",
    .ask_scope = "Hebt alleen u er last van, of ook anderen?",
    .ask_site = "Op welke vestiging bent u, en gebeurt het ook ergens anders?",
    .ask_wish = "Voor wie of welk apparaat is dit, en wanneer hebt u het nodig?",
    .ask_rephrase = "Kunt u in een of twee zinnen beschrijven wat u wilt doen of weten?",
    .handoff =
        "Ik geef dit door aan iemand van ons team, die alles kan lezen wat u hier hebt "
            "geschreven.",
    .handoff_urgent =
        "Ik heb ons team meteen gewaarschuwd; iemand neemt het hier over en kan alles lezen "
            "wat u hebt geschreven.",
    .handoff_angry =
        "Het spijt me van deze ervaring; iemand van ons team neemt het nu over en kan alles "
            "lezen wat u hebt geschreven.",
    .handoff_safety =
        "Ik geef dit nu meteen door aan een mens; is iemand in gevaar, bel dan eerst het "
            "alarmnummer.",
    .handoff_closed =
        "Ons team is er nu niet; uw verzoek staat bovenaan de lijst en iemand antwoordt hier.",
    .handoff_opens =
        "Ons team is er weer {opens}; uw verzoek staat bovenaan de lijst en iemand antwoordt "
            "hier.",
    .also_passed = "Iemand van ons team behandelt uw andere verzoek: “{request}”",
    .yes = "Ja, dat heeft geholpen",
    .no = "Nee, dat heeft niet geholpen",
    .human = "Met een mens praten",
    .devices = { "Computer", "Telefoon of tablet", "Printer", "Iets anders" },
    .since = { "Sinds vandaag", "Sinds een paar dagen", "Al langer" },
    .scope = { "Alleen ik", "Meerdere mensen", "Iedereen" },
};

const struct speech speech_nl = {
    "nl",
    {
        .human = human, .human_alone = human_alone, .human_not = human_not, .urgent = urgent,
        .negators = negators, .glue = glue, .negated = negated, .down = down, .panic = panic,
        .calm = calm, .danger = danger, .crime = crime, .innocent = innocent, .policy = policy,
        .complex = complex, .greeting = greeting, .thanks = thanks, .filler = filler,
        .solved = solved, .rejected = rejected, .yes = yes, .no = no, .also = also,
        .question = question, .request = request, .problem = problem,
    },
    moods, &said, common
};
