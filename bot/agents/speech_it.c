#include "bot/agents/speech_tables.h"

static const char *const human[] = {
    "(parlare|chattare|parlo|comunicare|parlarne) [direttamente] con [un|una|uno|il|la|l|"
        "qualche|qualcuno|vostro] [vero|vera|altro] (umano|umana|persona|operatore|operatrice|"
        "tecnico|addetto|agente|consulente|essere umano|qualcuno|responsabile|collega|assistenza|"
        "supporto|ingegnere|impiegato|rappresentante|superiore)",
    "(vorrei|voglio|bisogno di|preferisco|desidero) [parlare|avere] [con] [un|una] (operatore|"
        "tecnico umano|umano|persona vera|persona reale|essere umano|operatrice|vero operatore|"
        "tecnico)",
    "(persona|operatore|umano) (vera|reale|umano|vero)",
    "(passatemi|passami|mettetemi|trasferitemi|mi passi|mi metta|collegatemi) [in] [contatto] "
        "[con] [un|una|il|al|ad] (operatore|persona|tecnico|umano|responsabile|addetto)",
    "(chiamatemi|richiamatemi|mi chiami|mi richiami|mi chiamate|potete chiamarmi|puo chiamarmi)",
    "(non|basta|odio) [voglio] [parlare] [con] [un] (bot|robot|macchina|chatbot)",
    "(c e|ci sono) [un|una|qualche] (umano|persona vera|essere umano|persone vere)",
    NULL
};
static const char *const human_alone[] = {
    "[un|una] (operatore|persona|tecnico|umano|operatrice|addetto) [per favore]",
    NULL
};
static const char *const human_not[] = {
    "(risorse|diritti|errore) (umane|umani|umano)",
    NULL
};
static const char *const urgent[] = {
    "(urgente|urgenti|urgentemente|urgenza)",
    NULL
};
static const char *const negators[] = {
    "(non|nessun|nessuna|nessuno|niente|nulla|mai|senza|ne|meno|invece di)",
    NULL
};
static const char *const glue[] = {
    "(e|e|molto|cosi|un|una|davvero|c|di|bisogno|voglio|vorrei|parlare|con|particolarmente|"
        "affatto|troppo|proprio|ho|serve|alcuna|poi|ancora|nulla|tanto|l)",
    NULL
};
static const char *const negated[] = {
    "non [e|serve] (necessario|necessaria|serve|occorre)",
    NULL
};
static const char *const down[] = {
    "(server|rete|internet|wifi|sistema|sistemi|posta|mail|email|exchange|vpn|database|erp|sap|"
        "crm|sito|sito web|centralino|telefoni|telefonia|outlook|teams|applicazione|cloud|router|"
        "produzione|casse|negozio|connessione|intranet|tutto|gestionale) (e|sono|era|risulta|non "
        "e) [completamente|totalmente|tutto|tutti|di|ancora|nuovamente] [nuovo] (down|giu|caduto|"
        "caduta|caduti|crollato|fuori servizio|irraggiungibile|offline|a terra|fuori uso|morto|"
        "saltato|saltata)",
    "(server|rete|sito|sistema|internet) (caduto|caduta|crollato|down|giu)",
    "(blackout|guasto generale|interruzione totale|blocco totale|interruzione di rete)",
    "(manca|senza|nessuna) (internet|rete|corrente|connessione|linea) (in|nell|in tutto) "
        "[tutto] [il|l|la|tutta] (ufficio|azienda|edificio|sede|negozio)",
    "(produzione|fabbrica) (ferma|bloccata)",
    NULL
};
static const char *const panic[] = {
    "(nessuno|nessun utente|nessun dipendente|nessun collega) [qui|in ufficio|di noi] (puo|"
        "riesce|puo)",
    "(tutto l|tutta l|tutto il|tutta la|l intero|l intera|tutti gli|tutti i) (ufficio|azienda|"
        "team|reparto|sede|piano|utenti|colleghi|negozio|scuola) .. (non|senza|bloccato|bloccata|"
        "bloccati|fermo|ferma|offline)",
    "non (posso|possiamo|riesco a|riusciamo a|possono|si puo) [piu] lavorare",
    "(non funziona|non va) [piu] (niente|nulla)",
    "(e|una|abbiamo|questa e) [una] [vera] emergenza",
    "(problema|errore|guasto|incidente|sistema) critico",
    "situazione critica",
    "(e|molto|davvero) critico",
    "ransomware",
    "(siamo stati|sono stato|ci hanno|mi hanno|stato|stati) (hackerati|hackerato|violati|"
        "attaccati|hackerata)",
    "(fuoco|incendio|fumo) (in|nel|nella|esce)",
    "(va|sta andando|andato) a fuoco",
    NULL
};
static const char *const calm[] = {
    "(in caso di|caso di|contatto di|numero di|uscita di|contatti di|numeri di|uscite di) "
        "emergenza",
    "(cos e|contro|protezione|proteggersi|formazione|cosa e) [un|il|dal|dai|contro] [il|i] "
        "ransomware",
    "(se|quando) [il|la|l] .. (e down|e giu|cade)",
    "(affinche|in modo che|cosi che) nessuno",
    "nessuno (puo|sa) (aiutarmi|dirmi|sapere|sentirmi)",
    "pensiero critico",
    NULL
};
static const char *const danger[] = {
    "(uccidermi|suicidarmi|suicidio|suicida|togliermi la vita|farmi del male|ammazzarmi)",
    "(voglio morire|non voglio piu vivere|farla finita)",
    "(bomba|allarme bomba|minaccia di morte|minacce di morte|ostaggio|ostaggi|sparatoria)",
    "(vi|ti|lo|la|li) (ammazzo|uccido|uccidiamo|sparo|accoltello)",
    "(mi|ci) (minaccia|minacciano|ha minacciato|hanno minacciato|sta minacciando)",
    NULL
};
static const char *const crime[] = {
    "(portatile|computer|telefono|cellulare|tablet|badge|chiavetta|smartphone|borsa|pc) .. "
        "(rubato|rubata|rubati|hanno rubato)",
    "(mi|ci) (hanno rubato|hanno derubato|hanno truffato|hanno ricattato|ricattano|molesta|"
        "molestano)",
    "(furto|ricatto|estorsione|molestie|sabotaggio|truffa|effrazione)",
    "(fuga|furto|violazione|perdita) (di|dei) (dati|informazioni|identita)",
    "(dati|informazioni|file) .. (pubblici|pubblicati|esposti|trapelati|diffusi)",
    "(destinatario|cliente|indirizzo) (sbagliato|errato)",
    "(persona|mail) sbagliata",
    "(account|password|credenziali|casella) [e stata|e stato|sono state] (violato|violata|"
        "rubata|rubate|compromesso|compromessa|hackerato)",
    "(cliccato|aperto|inserito|dato) .. (phishing|truffa|fraudolento|fraudolenta|truffatore)",
    NULL
};
static const char *const innocent[] = {
    "(prevenzione|formazione|corso|politica) (di|contro|sulle|sul|del) [le|il] (molestie|"
        "suicidio|sabotaggio|furto)",
    NULL
};
static const char *const policy[] = {
    "(rimborso|rimborsi|rimborsare|rimborsato|rimborsarmi|restituzione dei soldi)",
    "(avvocato|denuncia|vie legali|azione legale|querela)",
    "(disdire|annullare|recedere) [il|dal|mio|nostro|l] [mio|nostro] (contratto|abbonamento)",
    "(cancellare|eliminare) tutti i (miei|nostri) dati",
    NULL
};
static const char *const complex[] = {
    "(diversi|molti|piu|vari|tutti i) (sistemi|server|programmi|servizi) (non|sono|coinvolti)",
    NULL
};
static const char *const greeting[] = {
    "(ciao|salve|buongiorno|buonasera|buon pomeriggio|buondi|buon giorno|buona sera) [a tutti|"
        "team]",
    NULL
};
static const char *const thanks[] = {
    "(grazie|grazie mille|tante grazie|molte grazie|ringrazio) [mille|tante|di|per|ancora|a] "
        "[l|cuore|il|la|tutto|voi|lei|vostro] [aiuto|risposta|veloce]",
    "(buona giornata|buona serata|arrivederci|a presto)",
    NULL
};
static const char *const filler[] = {
    "(ok|va bene|bene|molto|perfetto|ottimo|capito|tutto|per favore|ora|adesso|benissimo|certo|"
        "d accordo|e|davvero)",
    NULL
};
static const char *const solved[] = {
    "(ora|adesso|tutto|problema|ha|e) [e|ha|tutto|stato|stata] (funziona|funzionato|risolto|"
        "aiutato|sistemato|a posto|risolta|funziona tutto)",
    "(funziona|risolto|sistemato) (ora|adesso|grazie|tutto|di nuovo|perfettamente|bene)",
    "(risolto|ha funzionato|mi ha aiutato|sistemato)",
    "si [questo] [mi] (ha aiutato|ha funzionato|funziona)",
    NULL
};
static const char *const rejected[] = {
    "(non) [mi] [ha] (aiutato|aiuta|funziona|funzionato|risolve|risolto|serve|era questo|e "
        "questo|servito)",
    "(ancora|sempre) (non|lo stesso|la stessa|uguale|bloccato|niente)",
    "(stesso|stessa) (problema|errore|risultato|cosa)",
    "(gia) (provato|fatto|tentato|controllato)",
    "(risposta|soluzione) (sbagliata|errata)",
    "no (non e|non ha|non funziona|non era)",
    "(nessun cambiamento|senza successo|non e cambiato nulla|inutile)",
    NULL
};
static const char *const yes[] = {
    "(si|esatto|esattamente|certo|certamente)",
    NULL
};
static const char *const no[] = {
    "(no|affatto|per niente)",
    NULL
};
static const char *const also[] = {
    "(inoltre|in piu|secondo|un altra cosa|altra cosa|in aggiunta)",
    "e (anche|inoltre|come|dove|quando|potete|vorrei|ho bisogno|poi)",
    "(un altra|altra|ancora una) (domanda|cosa|richiesta)",
    NULL
};
static const char *const question[] = {
    "(come|cosa|che|dove|quando|perche|chi|quale|quali|quanto|quanti|quante|posso|puo|potete|c "
        "e|e possibile|a cosa|in che|in quale|di chi|da quando|a quale|con chi)",
    NULL
};
static const char *const request[] = {
    "(per favore|per piacere|ho bisogno|vorrei|potete|potreste|puo|mi serve|desidero)",
    NULL
};
static const char *const problem[] = {
    "non [mi|si|riesco|posso|riesce] [a] (funziona|stampa|apre|accende|connette|carica|"
        "risponde|parte|riesco|posso|va|arriva|arrivano|accedere|entrare|avvia|vede|trova|ricevo|"
        "collega|riconosce)",
    "(errore|errori|problema|problemi|guasto|guasta|rotto|rotta|lento|lenta|bloccato|bloccata|"
        "congelato|perso|scaduta|scaduto|danneggiato|disconnesso)",
    "(nessun|senza|manca) [la|l|il] (suono|audio|immagine|segnale|connessione|accesso|internet|"
        "rete)",
    NULL
};

static const struct speech_mood moods[] = {
    { "(furioso|furiosa|furibondo|indignato|vergogna|vergognoso|inaccettabile|intollerabile|"
          "scandaloso|inammissibile)", -20 },
    { "(pessimo|pessima|ridicolo|incompetenti|incompetente|incapaci|schifo|schifoso|idioti|"
          "patetico|disastro|presa in giro)", -14 },
    { "(peggiore|peggior|orribile|terribile|stufo|stufa|stanco di|penoso)", -13 },
    { "(arrabbiato|arrabbiata|frustrato|frustrante|irritato|irritante|deluso|delusa|seccato|"
          "fastidioso|insoddisfatto)", -11 },
    { "(merda|cazzo|vaffanculo|maledetto|stronzi|stronzo|porca)", -14 },
    { "(terza volta|quarta volta|quinta volta|ennesima volta|per l ennesima)", -9 },
    { "(aspetto da|attendo da|da ore|da giorni aspetto|perdita di tempo|reclamo)", -8 },
    { "(grazie|gentile|contento|soddisfatto|utile)", 7 },
    { "(ottimo|perfetto|fantastico|eccellente|meraviglioso|bravissimi)", 8 },
    { NULL, 0 }
};

static const char *const common[] = {
    "a", "abbiamo", "agli", "ai", "aiuto", "al", "alla", "alle", "allo", "anche", "ancora",
    "avere", "che", "chi", "ci", "ciao", "come", "con", "cosa", "cosi", "cui", "da", "dai", "dal",
    "dalla", "dallo", "degli", "dei", "del", "della", "delle", "dello", "di", "dove", "e", "ed",
    "era", "erano", "essere", "faccio", "fare", "favore", "fra", "fu", "gia", "gli", "grazie",
    "ha", "hai", "hanno", "ho", "i", "il", "in", "io", "l", "la", "le", "lei", "lo", "loro",
    "lui", "ma", "me", "mi", "mia", "miei", "mio", "molto", "nei", "nel", "nella", "nelle",
    "nello", "no", "noi", "non", "nostro", "o", "per", "perche", "piu", "posso", "possono", "puo",
    "quale", "quali", "quando", "quanti", "quanto", "quella", "quello", "questa", "queste",
    "questi", "questo", "qui", "se", "sei", "si", "siamo", "sono", "stata", "stato", "su", "sua",
    "sul", "sulla", "suo", "te", "ti", "tra", "tu", "tuo", "tutti", "tutto", "un", "una", "uno",
    "vi", "voi", "vorrei", "vostro",
    NULL
};

static const struct speech_said said = {
    .hello = "Ciao! Sono {bot}, l’assistente automatico del servizio di supporto.",
    .offer = "Come posso aiutare?",
    .how_human = "Per raggiungere una persona in ogni momento, scriva «parlare con una persona».",
    .acknowledge = "Grazie, ho preso nota.",
    .welcome = "Prego. Se resta qualcosa in sospeso, lo scriva qui.",
    .glad = "Bene! Se resta qualcosa in sospeso, lo scriva qui.",
    .solved =
        "Ottimo, sono contento che funzioni. Chiudo questa richiesta; se il problema torna, "
            "scriva qui.",
    .answer = "Questo può aiutare. Dal nostro articolo «{title}»: «{quote}»",
    .helped = "È stato utile?",
    .sorry_failed = "Mi dispiace che non sia stato utile.",
    .not_found = "Non ho trovato una risposta sicura nei nostri articoli.",
    .ask_device = "Di quale dispositivo o programma si tratta?",
    .ask_error =
        "Che cosa vede esattamente: c’è un messaggio o un numero di errore, e che cosa ha "
            "fatto poco prima?",
    .ask_since = "Da quando succede, ed è cambiato qualcosa poco prima?",
    .ask_scope = "Succede solo a lei o anche ad altre persone?",
    .ask_site = "In quale ufficio si trova, e succede anche altrove?",
    .ask_wish = "Per chi o per quale dispositivo è, ed entro quando le serve?",
    .ask_rephrase = "Può descrivere in una o due frasi che cosa vuole fare o sapere?",
    .handoff =
        "Passo la richiesta a una persona del nostro team, che può leggere tutto ciò che ha "
            "scritto qui.",
    .handoff_urgent =
        "Ho avvisato subito il nostro team; una persona continua qui e può leggere tutto ciò "
            "che ha scritto.",
    .handoff_angry =
        "Mi dispiace per questa esperienza; una persona del nostro team continua ora e può "
            "leggere tutto ciò che ha scritto.",
    .handoff_safety =
        "Passo subito la richiesta a una persona; se qualcuno è in pericolo, chiami prima il "
            "numero di emergenza.",
    .handoff_closed =
        "Il nostro team al momento non è presente; la sua richiesta è in cima alla lista e una "
            "persona risponderà qui.",
    .handoff_opens =
        "Il nostro team torna {opens}; la sua richiesta è in cima alla lista e una persona "
            "risponderà qui.",
    .also_passed = "Una persona del nostro team si occuperà dell’altra richiesta: «{request}»",
    .yes = "Sì, è stato utile",
    .no = "No, non è stato utile",
    .human = "Parlare con una persona",
    .devices = { "Computer", "Telefono o tablet", "Stampante", "Altro" },
    .since = { "Da oggi", "Da alcuni giorni", "Da più tempo" },
    .scope = { "Solo a me", "A più persone", "A tutti" },
};

const struct speech speech_it = {
    "it",
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
