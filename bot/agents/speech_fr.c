#include "bot/agents/speech_tables.h"

static const char *const human[] = {
    "(parler|discuter|echanger|parlez|communiquer|chatter) [directement] (a|avec|au) [un|une|"
        "le|la|l|votre|quelqu|vos] [vrai|vraie|autre|veritable|de] (humain|humaine|personne|"
        "technicien|technicienne|conseiller|conseillere|agent|operateur|operatrice|collegue|"
        "employe|ingenieur|responsable|support|service|assistance|un|etre humain|specialiste|"
        "superviseur|representant)",
    "(veux|voudrais|besoin|souhaite|aimerais|prefere) [d|de|avoir|parler|a|avec] [un|une] "
        "[vrai|vraie|veritable] (humain|technicien|conseiller|operateur|vraie personne|etre humain|"
        "interlocuteur)",
    "(vrai|vraie|veritable) (humain|personne|conseiller|technicien|agent)",
    "etre humain",
    "(passez|passer|transferez|transferer|mettez|mettre|connectez) [moi|me] [en] [contact|"
        "relation|a|un|au|vers] [avec|a] [un|une|le] (humain|technicien|conseiller|agent|operateur|"
        "responsable|collegue|personne|support)",
    "(appelez|rappelez|rappeler|contactez) moi [par telephone|svp|vite]",
    "(pouvez vous|peut on|quelqu un peut) [me] (rappeler|appeler)",
    "(pas|plus|non) [parler] [a] [un|de|avec un|a un] (robot|bot|chatbot|machine)",
    "(y a|yatil|est ce qu il y a) [t il] [un|quelqu] (humain|une vraie personne)",
    NULL
};
static const char *const human_alone[] = {
    "(humain|technicien|conseiller|operateur|agent|personne|un humain|une personne|un "
        "technicien|un conseiller) [svp|s il vous plait]",
    NULL
};
static const char *const human_not[] = {
    "(ressources|droits|agent de) (humaines|humain|voyage|sauvegarde)",
    "agent (antivirus|de sauvegarde|logiciel)",
    NULL
};
static const char *const urgent[] = {
    "(urgent|urgente|urgents|urgentes|urgence)",
    "en urgence",
    NULL
};
static const char *const negators[] = {
    "(pas|aucun|aucune|non|jamais|sans|ni|rien|inutile|guere|moins|plutot que|plus besoin|nul)",
    NULL
};
static const char *const glue[] = {
    "(d|de|un|une|si|tres|vraiment|trop|besoin|a|avec|forcement|tellement|particulierement|"
        "particulier|specialement|du|tout|parler|quelque|chose|encore|super|etre|l|le|la)",
    NULL
};
static const char *const negated[] = {
    "(n est|n|ne) [est] pas [necessaire|obligatoire|utile]",
    "(inutile|pas necessaire)",
    NULL
};
static const char *const down[] = {
    "(serveur|serveurs|reseau|internet|wifi|systeme|systemes|messagerie|mails|email|emails|"
        "exchange|vpn|base de donnees|erp|sap|crm|site|site web|telephonie|standard|telephones|"
        "outlook|teams|application|cloud|routeur|production|caisses|boutique|connexion|intranet|"
        "tout|logiciel) (est|sont|etait|semble|etaient) [completement|totalement|tous|de|encore|"
        "actuellement|toujours|a nouveau|entierement|tout] [nouveau] (en panne|down|hors service|"
        "tombe|tombee|tombes|tombees|inaccessible|plante|hors ligne|a terre|ko|par terre)",
    "(serveur|reseau|site|systeme|messagerie|internet) (tombe|tombee|est mort|ne repond plus)",
    "(panne|coupure) (generale|totale|reseau|internet|informatique|de reseau|de serveur|du "
        "serveur|d internet|electrique|de courant|serveur|complete|du reseau)",
    "(plus|pas) d internet (dans|au|a) [tout] [le|l|la|tout] (bureau|entreprise|agence|"
        "batiment|site|magasin|etage)",
    "(production|usine) [est] (arretee|a l arret|bloquee)",
    NULL
};
static const char *const panic[] = {
    "(personne|aucun utilisateur|aucun employe|aucun collegue) [ici] (ne|n) [peut|arrive|a] "
        "[peut|plus|acces|a]",
    "(tout le|toute la|toute l|l ensemble du|tous les) (bureau|entreprise|service|equipe|"
        "societe|agence|site|etage|collegues|utilisateurs|magasin|ecole) .. (ne|n|plus|bloque|"
        "bloques|en panne|sans|bloquee)",
    "(ne|n|plus) (pouvons|peut|peux|peuvent|arrivons|arrive) [plus|pas] [plus] [du tout] [a] "
        "travailler",
    "(impossible|incapables) de travailler",
    "plus rien (ne|n) (marche|fonctionne)",
    "(c est|est|s agit d|vraie|avons|grosse) [vraiment] [une|d une] urgence",
    "(critique|incident critique|probleme critique|situation critique|panne critique)",
    "(rancongiciel|ransomware)",
    "(avons|ai|ete|sommes|compte|serveur|est) [ete|a|s est fait] (pirate|pirates|piratee|hacke|"
        "hackes)",
    "(feu|incendie|fumee) (dans|au|a|sort)",
    NULL
};
static const char *const calm[] = {
    "(en cas d|cas d|numero d|contact d|numeros d|issue d|sortie d|contacts d|service des) "
        "(urgence|urgences)",
    "(qu est ce qu|contre|proteger|protection|formation|c est quoi) [un|les|contre|le|du] [un|"
        "les] (ransomware|rancongiciel)",
    "(esprit|pensee|mise a jour|point|lecture|analyse|regard|critique de|la) critique",
    "critique [de|du] (film|livre|cinema)",
    "(si|quand|lorsque) [le|la|l|notre] .. (est en panne|tombe)",
    "(pour que|afin que) personne",
    "personne ne (peut|sait|veut) [m|me|nous] (aider|dire|savoir|entendre|entend)",
    "(panne|coupure) (prevue|planifiee)",
    NULL
};
static const char *const danger[] = {
    "(me|m) (tuer|suicider|oter la vie|faire du mal|pendre)",
    "(suicide|suicidaire)",
    "(envie de mourir|veux mourir|en finir avec la vie|plus envie de vivre|mettre fin a mes "
        "jours)",
    "(bombe|alerte a la bombe|prise d otage|menace de mort|menaces de mort|fusillade)",
    "(vais|va) [vous|te|le|la|les|tous] (tuer|poignarder|abattre)",
    "(menace|menace|menacee|menacer|menacent) (de|par|ma|mon|notre|nous|moi)",
    NULL
};
static const char *const crime[] = {
    "(ordinateur|portable|telephone|tablette|badge|cle|mobile|pc|smartphone|sac|materiel) .. "
        "(vole|volee|voles|derobe|cambriole)",
    "(m a|ai ete|a ete|ete|s est fait|nous a) [fait] (vole|voler|cambriole|cambrioles|agresse|"
        "harcele|harcelee|escroque|arnaque|victime de)",
    "(cambriolage|chantage|extorsion|harcelement|sabotage|escroquerie)",
    "(fuite|vol|violation|divulgation) [de] (donnees|informations|d identite|des donnees)",
    "(donnees|fichiers|informations) .. (publiques|publiees|exposees|divulguees|fuite|en ligne|"
        "accessibles a tous)",
    "(au|a la|a un) (mauvais|mauvaise) (destinataire|client|personne|adresse)",
    "(compte|mot de passe|identifiants|boite mail) [a ete|est|ont ete|sont] (pirate|compromis|"
        "vole|compromise|voles|usurpe)",
    "(clique|ouvert|donne|saisi|entre) .. [lien|mot de passe|piece jointe|identifiants] [de|"
        "sur|d un|dans un] [un|une|site|mail] (phishing|hameconnage|frauduleux|frauduleuse|arnaque|"
        "pirate)",
    NULL
};
static const char *const innocent[] = {
    "(formation|prevention|politique|lutte) (contre|sur|de|du) [le|la|l] (harcelement|sabotage|"
        "chantage|suicide|cambriolage)",
    "qu est ce [que|qu] .. (suicide|harcelement|fuite)",
    NULL
};
static const char *const policy[] = {
    "(remboursement|remboursements|rembourser|rembourse|remboursee|remboursez)",
    "(avocat|porter plainte|action en justice|poursuites judiciaires|proces)",
    "(resilier|annuler|resiliation) [de] [mon|le|notre|ma] (contrat|abonnement)",
    "supprimer toutes (mes|nos) donnees",
    NULL
};
static const char *const complex[] = {
    "(plusieurs|differents|tous les) (systemes|serveurs|logiciels|services|applications) (sont|"
        "ne|touches|affectes)",
    NULL
};
static const char *const greeting[] = {
    "(bonjour|bonsoir|salut|coucou|rebonjour) [a tous|madame|monsieur|l equipe|le support]",
    NULL
};
static const char *const thanks[] = {
    "(merci|mille mercis|merci bien) [beaucoup|bien|infiniment|d avance|a vous|pour|encore|bcp|"
        "de] [votre|l|ton|tout|la|beaucoup] [aide|reponse|rapide|vous] [rapide]",
    "(bonne|excellente) (journee|soiree|fin de journee)",
    "(au revoir|a bientot)",
    NULL
};
static const char *const filler[] = {
    "(ok|bien|tres|c est|super|parfait|d accord|genial|maintenant|ca|tout|bon|vous|nickel|top|"
        "votre|pour|et|a|entendu|compris|note)",
    NULL
};
static const char *const solved[] = {
    "(ca|cela|c|tout|il|elle|probleme) [y est|est|a|s est|re] [maintenant|bien|de nouveau|"
        "desormais|enfin] (marche|fonctionne|regle|resolu|remarche|refonctionne|aide|bon|retabli)",
    "(probleme|souci|incident) [est|a ete|s est] [maintenant|bien] (resolu|regle|corrige)",
    "(marche|fonctionne) [bien|a] (maintenant|nouveau|merci|parfaitement|bien|desormais)",
    "(resolu|regle|ca a marche|ca m a aide|ca marche)",
    "oui [ca|cela] (m a aide|a aide|a marche|marche|fonctionne)",
    NULL
};
static const char *const rejected[] = {
    "(ca|cela|ce|ca|il|elle|toujours|n|ne) [ne|n|m] [m|a] [marche|fonctionne|a|aide|est] "
        "[toujours|m|encore] pas [aide|marche|fonctionne|ca|cela|la bonne|utile|du tout|ce que|"
        "resolu]",
    "(toujours|encore) (pas|le meme|la meme|rien|en panne|bloque|casse)",
    "(meme) (probleme|erreur|souci|message|chose)",
    "(deja) (essaye|fait|teste|tente|verifie)",
    "(mauvaise|fausse) (reponse|solution)",
    "non (ce n est pas|ca ne|toujours pas|pas du tout|ca n|cela ne|cela n)",
    "(rien n a change|sans succes|aucun changement|ne m aide pas|pas utile|ca n aide pas)",
    NULL
};
static const char *const yes[] = {
    "(oui|ouais|exactement|exact|tout a fait)",
    NULL
};
static const char *const no[] = {
    "(non|nan|pas du tout)",
    NULL
};
static const char *const also[] = {
    "(egalement|de plus|en outre|par ailleurs|deuxiemement|d autre part|en plus|au fait)",
    "et (aussi|comment|ou|quand|quoi|pourriez vous|pouvez vous|j ai aussi|je voudrais|j ai "
        "besoin|est ce que)",
    "(une autre|autre) (question|chose|demande|probleme)",
    NULL
};
static const char *const question[] = {
    "(comment|pourquoi|ou|quand|qui|que|quoi|quel|quelle|quels|quelles|est ce|puis|peut|pouvez|"
        "combien|qu est|a quoi|a quel|a quelle|de quel|dans quel|en quelle|par qui|avec qui|de "
        "quoi|peux|faut)",
    NULL
};
static const char *const request[] = {
    "(s il vous plait|svp|s il te plait|merci de|besoin|voudrais|souhaite|aimerais|veux|pouvez "
        "vous|pourriez vous|peux tu)",
    NULL
};
static const char *const problem[] = {
    "(marche|fonctionne|demarre|imprime|ouvre|repond|charge|connecte|arrive|peux|peut|"
        "reconnait|trouve|recois|affiche) [toujours] (pas|plus)",
    "(panne|casse|cassee|bloque|bloquee|lent|lente|erreur*|probleme*|bug*|plante|plante|gele|"
        "perdu|hors ligne|expire|impossible|souci*|fige|verrouille)",
    "(pas|plus|aucun) (de|d) (son|image|reseau|connexion|internet|acces|signal)",
    NULL
};

static const struct speech_mood moods[] = {
    { "(furieux|furieuse|scandaleux|scandale|honteux|inadmissible|inacceptable|indigne|"
          "revoltant|outre|outree)", -20 },
    { "(lamentable|nul|nulle|catastrophique|catastrophe|ridicule|incompetent|incompetents|"
          "incapables|minable|pathetique|bande d)", -14 },
    { "(pire|horrible|affreux|desastreux|execrable|deplorable|ras le bol|marre|insupportable)", -14 },
    { "(enerve|enervee|enervant|frustre|frustrant|agace|agacant|decu|decue|mecontent|fache|en "
          "colere|penible)", -11 },
    { "(merde|putain|bordel|connard|connards|foutre|emmerde|chier)", -14 },
    { "troisieme fois", -8 },
    { "enieme fois", -10 },
    { "(depuis des heures|depuis des semaines|j attends depuis|toujours en attente)", -8 },
    { "(perte de temps|plainte|reclamation|on se moque)", -11 },
    { "(merci|sympa|gentil|content|satisfait|utile)", 7 },
    { "(parfait|super|genial|excellent|formidable|merveilleux|bravo)", 8 },
    { NULL, 0 }
};

static const char *const common[] = {
    "a", "ai", "aide", "aider", "ainsi", "alors", "as", "au", "aussi", "aux", "avait", "avec",
    "avez", "avoir", "avons", "besoin", "bien", "bonjour", "c", "ca", "ce", "cela", "ces", "cet",
    "cette", "chez", "chose", "combien", "comme", "comment", "d", "dans", "de", "deja", "des",
    "dois", "doit", "donc", "dont", "du", "elle", "elles", "en", "encore", "entre", "es", "est",
    "et", "etaient", "etait", "ete", "etes", "etre", "faire", "fait", "faut", "fut", "il", "ils",
    "j", "je", "l", "la", "le", "les", "leur", "leurs", "lors", "lui", "m", "ma", "mais", "me",
    "merci", "mes", "mon", "n", "ne", "nos", "notre", "nous", "on", "ont", "ou", "par", "pas",
    "peut", "peux", "plait", "plus", "pour", "pourquoi", "pouvez", "puis", "qu", "quand", "que",
    "quel", "quelle", "quelles", "quelque", "quels", "qui", "quoi", "rien", "s", "sa", "sans",
    "se", "ses", "si", "sommes", "son", "sont", "sous", "suis", "sur", "svp", "t", "ta", "te",
    "tes", "ton", "toujours", "tous", "tout", "toute", "toutes", "tres", "tu", "un", "une",
    "vers", "veux", "vos", "votre", "voudrais", "vous", "y",
    NULL
};

static const struct speech_said said = {
    .hello = "Bonjour ! Je suis {bot}, l’assistant automatique du service d’assistance.",
    .offer = "En quoi puis-je vous aider ?",
    .how_human = "Pour joindre une personne à tout moment, écrivez « parler à un humain ».",
    .acknowledge = "Merci, c’est noté.",
    .welcome = "Je vous en prie. S’il reste quelque chose, écrivez-le simplement ici.",
    .glad = "Tant mieux ! S’il reste quelque chose, écrivez-le simplement ici.",
    .solved =
        "Parfait, je suis content que cela fonctionne. Je ferme cette demande ; si le problème "
            "revient, écrivez simplement ici.",
    .answer = "Ceci peut aider. Extrait de notre article « {title} » : « {quote} »",
    .helped = "Est-ce que cela vous a aidé ?",
    .sorry_failed = "Je suis désolé que cela n’ait pas aidé.",
    .not_found = "Je n’ai pas trouvé de réponse sûre dans nos articles.",
    .ask_device = "De quel appareil ou logiciel s’agit-il ?",
    .ask_error =
        "Que voyez-vous exactement : y a-t-il un message ou un numéro d’erreur, et "
            "qu’avez-vous fait juste avant ?",
    .ask_since = "Depuis quand cela se produit-il, et quelque chose a-t-il changé juste avant ?",
    .ask_scope = "Êtes-vous seul concerné, ou d’autres personnes aussi ?",
    .ask_site = "Dans quel bureau êtes-vous, et cela se produit-il aussi ailleurs ?",
    .ask_wish = "Pour qui ou pour quel appareil est-ce, et pour quand en avez-vous besoin ?",
    .ask_rephrase =
        "Pourriez-vous décrire en une ou deux phrases ce que vous voulez faire ou savoir ?",
    .handoff =
        "Je passe la main à une personne de notre équipe, qui peut lire tout ce que vous avez "
            "écrit ici.",
    .handoff_urgent =
        "J’ai alerté notre équipe immédiatement ; une personne prend le relais ici et peut "
            "lire tout ce que vous avez écrit.",
    .handoff_angry =
        "Je suis désolé pour cette expérience ; une personne de notre équipe prend le relais "
            "et peut lire tout ce que vous avez écrit.",
    .handoff_safety =
        "Je transmets ceci tout de suite à une personne ; si quelqu’un est en danger, appelez "
            "d’abord les secours.",
    .handoff_closed =
        "Notre équipe n’est pas là pour le moment ; votre demande est en tête de liste et une "
            "personne vous répondra ici.",
    .handoff_opens =
        "Notre équipe revient {opens} ; votre demande est en tête de liste et une personne "
            "vous répondra ici.",
    .also_passed = "Une personne de notre équipe s’occupe de votre autre demande : « {request} »",
    .yes = "Oui, cela m’a aidé",
    .no = "Non, cela ne m’a pas aidé",
    .human = "Parler à un humain",
    .devices = { "Ordinateur", "Téléphone ou tablette", "Imprimante", "Autre chose" },
    .since = { "Depuis aujourd’hui", "Depuis quelques jours", "Depuis plus longtemps" },
    .scope = { "Moi seulement", "Plusieurs personnes", "Tout le monde" },
};

const struct speech speech_fr = {
    "fr",
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
