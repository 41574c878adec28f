#include "bot/agents/speech_tables.h"

static const char *const human[] = {
    "(hablar|chatear|conversar|hablo|comunicarme|contactar|hable) [directamente] con [un|una|"
        "el|la|algun|alguna|su|alguien] [verdadero|verdadera|de] (humano|humana|persona|agente|"
        "tecnico|tecnica|operador|operadora|representante|asesor|asesora|ingeniero|ingeniera|"
        "empleado|encargado|supervisor|soporte|ser humano|especialista|alguien|companero|servicio)",
    "(hablar|chatear|contactar) con alguien",
    "(quiero|necesito|prefiero|deseo|quisiera) [hablar|un|una|que] [con|un|una] [un|una] "
        "(humano|persona real|agente|tecnico|operador|representante|asesor|ser humano|persona de "
        "verdad)",
    "(persona|humano|agente) (real|de verdad|humano)",
    "(paseme|pasame|comuniqueme|conecteme|transfierame|transferir|pasar|conectame|comunicame) "
        "[a|con|me] [un|una|el|con] [un|una] (humano|persona|agente|tecnico|operador|representante|"
        "asesor|supervisor|soporte)",
    "(llameme|llamame|llamadme|llamenme)",
    "(me|pueden|puede|puedes) (pueden llamar|puede llamar|puedes llamar|llamarme)",
    "(no|basta de|odio) [quiero|hablar] [mas|con|hablar] [con|un] [un|una|el] (bot|robot|"
        "maquina|chatbot)",
    "(hay|existe) [algun|alguna|un|una] (humano|persona real|ser humano)",
    NULL
};
static const char *const human_alone[] = {
    "[un|una] (humano|persona|agente|tecnico|operador|representante|asesor|operadora) [por "
        "favor]",
    NULL
};
static const char *const human_not[] = {
    "(recursos|derechos|error) (humanos|humano)",
    "agente (de viajes|de usuario|antivirus|de seguridad)",
    NULL
};
static const char *const urgent[] = {
    "(urgente|urgentes|urgentemente|urge|urgencia)",
    NULL
};
static const char *const negators[] = {
    "(no|ningun|ninguna|nada|nunca|sin|ni|tampoco|menos|jamas|en vez de|poco)",
    NULL
};
static const char *const glue[] = {
    "(es|muy|tan|un|una|realmente|quiero|necesito|necesidad|de|hablar|con|hace|falta|la|el|"
        "nada|especialmente|particularmente|algo|esta|esto|sea|demasiado|deseo|para|que|mi|tanto)",
    NULL
};
static const char *const negated[] = {
    "no [es|hace] (falta|necesario|necesaria)",
    "(innecesario|innecesaria)",
    NULL
};
static const char *const down[] = {
    "(servidor|servidores|red|internet|wifi|sistema|sistemas|correo|correos|email|exchange|vpn|"
        "base de datos|erp|sap|crm|web|pagina web|sitio|sitio web|telefonia|telefonos|centralita|"
        "outlook|teams|aplicacion|nube|router|produccion|cajas|tienda|conexion|intranet|todo|"
        "programa) (esta|estan|se|ha|han|estaba|sigue) [completamente|totalmente|todo|toda|todavia|"
        "de|otra|han|ha] [nuevo|vez] (caido|caida|caidos|caidas|caen|cayo|cayeron|cae|abajo|fuera "
        "de servicio|inaccesible|sin servicio|down|colapsado|colgado)",
    "(cayo|caido|cayeron|caida) [el|la|los|del|de] [el|la|los] (servidor|servidores|sistema|"
        "red|internet|correo|web|base de datos|vpn|sitio)",
    "(no hay|sin) (internet|red|luz|telefono) (en|desde) [toda] [la|el|todo] (oficina|empresa|"
        "edificio|sede|tienda|planta)",
    "(apagon|caida general|corte general|interrupcion total)",
    "produccion (parada|detenida)",
    NULL
};
static const char *const panic[] = {
    "(nadie|ningun usuario|ningun empleado) [aqui|en la oficina|de nosotros] (puede|consigue|"
        "logra)",
    "(toda la|todo el|todos los) (oficina|empresa|equipo|departamento|sede|planta|usuarios|"
        "companeros|tienda|escuela|edificio) .. (no|sin|parada|parado|bloqueada|bloqueado|caida)",
    "no (puedo|podemos|pueden|se puede) trabajar",
    "nada funciona",
    "(es|una|tenemos|esto es) [una] [verdadera] emergencia",
    "(problema|fallo|error|incidente|situacion|estado) critico",
    "(situacion|incidencia|averia) critica",
    "(es|muy|sumamente) (critico|critica)",
    "(ransomware|secuestro de datos)",
    "(nos han|me han|hemos sido|fuimos|han) (hackeado|hackeados|pirateado|atacado)",
    "(fuego|incendio|humo) (en|sale)",
    "se (esta quemando|incendia|quema)",
    NULL
};
static const char *const calm[] = {
    "(en caso de|caso de|contacto de|numero de|salida de|contactos de|numeros de|para una|"
        "servicio de|telefono de) emergencia",
    "(que es|contra|protegerse|proteccion|formacion|sobre) [un|el|contra|del] [el|un] "
        "ransomware",
    "(si|cuando|cuando) [se] [cae|el|la] .. (esta caido|se cae|cae)",
    "(para que|que) nadie",
    "nadie (puede|sabe) (ayudarme|decirme|saber|oirme)",
    "pensamiento critico",
    NULL
};
static const char *const danger[] = {
    "(matarme|suicidarme|suicidio|suicida|quitarme la vida|hacerme dano|cortarme las venas)",
    "(quiero morir|no quiero vivir|ganas de morir|acabar con mi vida)",
    "(bomba|amenaza de bomba|amenaza de muerte|amenazas de muerte|tiroteo|rehenes)",
    "(voy a|vamos a|va a) (matar|matarte|matarlo|matarla|matarlos|apunalar|disparar)",
    "(me|nos) (amenaza|amenazan|amenazo|han amenazado|ha amenazado|estan amenazando)",
    NULL
};
static const char *const crime[] = {
    "(portatil|ordenador|movil|telefono|celular|tableta|laptop|computadora|llave|tarjeta|bolso|"
        "equipo) .. (robado|robada|robaron|hurtado)",
    "(me|nos) (han robado|robaron|robo|ha robado|han estafado|estafaron|chantajea|chantajean|"
        "extorsionan|acosa|acosan)",
    "(robo de|chantaje|extorsion|acoso|sabotaje|estafa|allanamiento)",
    "(fuga|filtracion|robo|brecha|violacion) de (datos|informacion|identidad|seguridad)",
    "(datos|informacion|ficheros|archivos) .. (publicos|publicados|expuestos|filtrados|"
        "filtrado|accesibles)",
    "(destinatario|cliente|persona|direccion|correo) (equivocado|equivocada|incorrecto|"
        "incorrecta|erroneo)",
    "(cuenta|contrasena|credenciales|buzon) [ha sido|fue|han sido|esta] (hackeada|robada|"
        "comprometida|robadas|hackeado|suplantada)",
    "(clic|pinche|abri|introduje|puse|di|escribi) .. (phishing|fraudulento|fraudulenta|"
        "estafador)",
    NULL
};
static const char *const innocent[] = {
    "(prevencion|politica|formacion|curso|protocolo) (de|contra|sobre) [el] (acoso|suicidio|"
        "sabotaje|fraude)",
    "que es [una|un|el] (fuga|filtracion|suicidio|acoso|brecha)",
    NULL
};
static const char *const policy[] = {
    "(reembolso|reembolsos|devolucion del dinero|devolver el dinero|reembolsar|devolucion)",
    "(abogado|demandar|demanda|acciones legales|denunciar)",
    "(cancelar|rescindir|dar de baja) [el|mi|nuestro|la] (contrato|suscripcion)",
    "(borrar|eliminar) todos mis datos",
    NULL
};
static const char *const complex[] = {
    "(varios|multiples|diferentes|todos los) (sistemas|servidores|programas|servicios) (no|"
        "estan|afectados|fallan)",
    NULL
};
static const char *const greeting[] = {
    "(hola|buenas|buenos dias|buenas tardes|buenas noches|saludos|buen dia) [a todos|equipo|"
        "tardes]",
    NULL
};
static const char *const thanks[] = {
    "(gracias|muchas gracias|mil gracias|muchisimas gracias|agradezco|agradecido) [por|a|de] "
        "[la|su|tu|todo|usted|ustedes|antemano|verdad] [ayuda|rapida|respuesta] [respuesta]",
    "(que tenga|que tengas) [un] (buen dia|buena tarde)",
    "(adios|hasta luego|chao)",
    NULL
};
static const char *const filler[] = {
    "(ok|vale|bien|muy|perfecto|genial|estupendo|todo|ya|esta|entendido|de acuerdo|por favor|y|"
        "ahora|excelente|bueno|listo|claro|su|tu)",
    NULL
};
static const char *const solved[] = {
    "(ya|ahora|todo|eso|esto|problema) [ya|me|esta|lo|se|me lo] (funciona|funciono|solucionado|"
        "resuelto|ayudo|arreglado|va bien|sirvio|soluciono|arreglo|resolvio)",
    "(funciona|funciono) [ya|ahora|perfectamente|bien] (ya|ahora|perfectamente|bien|gracias|de "
        "nuevo|perfecto)",
    "(solucionado|resuelto|arreglado|me ha servido|me ayudo|me sirvio|ha funcionado|me ha "
        "ayudado)",
    "si [eso|esto] [me] (ayudo|ha ayudado|funciono|sirvio|funciona)",
    NULL
};
static const char *const rejected[] = {
    "(no|tampoco) [me] [ha|lo] (ayudo|ayuda|funciona|funciono|sirve|sirvio|ayudado|funcionado|"
        "servido|es eso|resuelve|resolvio|era eso|soluciona|soluciono)",
    "(sigue|continua|todavia|aun|siguen) (sin|igual|no|fallando|el mismo|la misma)",
    "(mismo|misma) (problema|error|resultado|cosa|mensaje)",
    "ya (lo|la|he|los) (intente|probe|hice|he|probado|intentado|habia)",
    "(respuesta|solucion) (incorrecta|equivocada)",
    "no (es|era) (eso|lo que|la respuesta|correcto)",
    "(nada cambio|sin exito|sin cambios|no hay cambios)",
    NULL
};
static const char *const yes[] = {
    "(si|exacto|exactamente|correcto|claro|efectivamente)",
    NULL
};
static const char *const no[] = {
    "(no|nop|para nada|negativo)",
    NULL
};
static const char *const also[] = {
    "(ademas|tambien|adicionalmente|por otro lado|por otra parte|segundo)",
    "y (tambien|ademas|como|donde|cuando|podria|puede|quiero|necesito|otra|que)",
    "(otra|una) (pregunta|cosa|consulta|duda) mas",
    "otra (pregunta|cosa|consulta|duda|peticion)",
    NULL
};
static const char *const question[] = {
    "(como|que|donde|cuando|por que|quien|cual|cuales|cuanto|cuantos|cuantas|puedo|puede|"
        "puedes|podria|hay|es posible|para que|a que|en que|de que|con que|desde cuando|quienes)",
    NULL
};
static const char *const request[] = {
    "(por favor|necesito|quiero|quisiera|me gustaria|podria|podrian|puede usted|solicito)",
    NULL
};
static const char *const problem[] = {
    "no [me|se|lo|puedo|puede|nos] [deja|esta|puedo] (funciona|puedo|puede|imprime|abre|"
        "enciende|conecta|carga|responde|arranca|deja|llega|llegan|inicia|reconoce|aparece|entra|"
        "va|recibo|veo|encuentro|entrar|acceder)",
    "(error*|problema*|fallo*|falla*|roto|rota|lento|lenta|bloqueado|bloqueada|colgado|"
        "congelado|perdido|caducado|averiado|danado|desconectado|atascado)",
    "(sin|no hay|no tengo) (sonido|imagen|senal|conexion|acceso|internet|red)",
    NULL
};

static const struct speech_mood moods[] = {
    { "(furioso|furiosa|indignado|indignada|indignante|verguenza|vergonzoso|inadmisible|"
          "inaceptable|intolerable|escandalo)", -20 },
    { "(pesimo|pesima|ridiculo|incompetentes|incompetente|inutiles|inutil|basura|idiotas|"
          "patetico|desastre|burla)", -14 },
    { "(peor|horrible|terrible|fatal|asqueroso|lamentable|harto|harta|hartos)", -13 },
    { "(enfadado|enojado|frustrado|frustrada|frustrante|molesto|molesta|decepcionado|"
          "decepcionada|cansado de|irritante|insatisfecho)", -11 },
    { "(mierda|joder|puta|carajo|cono|maldito|maldita|cabrones|gilipollas)", -14 },
    { "(tercera vez|cuarta vez|quinta vez|enesima vez|otra vez lo mismo)", -9 },
    { "(llevo horas|llevo dias|llevo semanas|esperando desde|horas esperando|dias esperando|"
          "perdida de tiempo|queja|reclamacion)", -9 },
    { "(gracias|amable|contento|satisfecho|util)", 7 },
    { "(excelente|genial|perfecto|estupendo|maravilloso|fantastico)", 8 },
    { NULL, 0 }
};

static const char *const common[] = {
    "a", "ahi", "al", "algo", "aqui", "asi", "ayuda", "como", "con", "cual", "cuando", "cuantas",
    "cuanto", "cuantos", "de", "del", "desde", "donde", "e", "el", "ella", "ellas", "ellos", "en",
    "entre", "era", "es", "esa", "ese", "eso", "esta", "estaba", "estan", "estar", "estas",
    "este", "esto", "estos", "estoy", "favor", "fue", "fueron", "gracias", "ha", "habia", "hace",
    "hacer", "hago", "han", "hasta", "hay", "he", "hola", "la", "las", "le", "les", "lo", "los",
    "mas", "me", "mi", "mis", "muy", "nada", "necesito", "no", "nos", "nosotros", "nuestra",
    "nuestro", "o", "os", "para", "pero", "podria", "por", "porque", "puede", "pueden", "puedo",
    "que", "quien", "quiero", "se", "ser", "si", "sin", "sobre", "son", "soy", "su", "sus",
    "tambien", "tan", "te", "tengo", "tiene", "tienen", "toda", "todas", "todo", "todos", "tu",
    "tus", "u", "un", "una", "unas", "unos", "usted", "y", "ya", "yo",
    NULL
};

static const struct speech_said said = {
    .hello = "¡Hola! Soy {bot}, el asistente automático del servicio de soporte.",
    .offer = "¿En qué puedo ayudarle?",
    .how_human =
        "Para llegar a una persona en cualquier momento, escriba «hablar con una persona».",
    .acknowledge = "Gracias, lo he anotado.",
    .welcome = "De nada. Si queda algo pendiente, escríbalo aquí.",
    .glad = "¡Me alegro! Si queda algo pendiente, escríbalo aquí.",
    .solved =
        "Estupendo, me alegro de que funcione. Cierro esta solicitud; si el problema vuelve, "
            "escriba aquí.",
    .answer = "Esto puede ayudar. De nuestro artículo «{title}»: «{quote}»",
    .helped = "¿Le ha ayudado?",
    .sorry_failed = "Siento que esto no haya ayudado.",
    .not_found = "No he encontrado una respuesta segura en nuestros artículos.",
    .ask_device = "¿De qué dispositivo o programa se trata?",
    .ask_error = "¿Qué ve exactamente: hay un mensaje o número de error, y qué hizo justo antes?",
    .ask_since = "¿Desde cuándo ocurre, y cambió algo poco antes?",
    .ask_scope = "¿Le afecta solo a usted o también a otras personas?",
    .ask_site = "¿En qué oficina está, y ocurre también en otro lugar?",
    .ask_wish = "¿Para quién o para qué dispositivo es, y para cuándo lo necesita?",
    .ask_rephrase = "¿Podría describir en una o dos frases qué quiere hacer o saber?",
    .handoff =
        "Paso esto a una persona de nuestro equipo, que puede leer todo lo que ha escrito aquí.",
    .handoff_urgent =
        "He avisado a nuestro equipo ahora mismo; una persona continuará aquí y puede leer "
            "todo lo que ha escrito.",
    .handoff_angry =
        "Lamento esta experiencia; una persona de nuestro equipo continúa ahora y puede leer "
            "todo lo que ha escrito.",
    .handoff_safety =
        "Paso esto a una persona ahora mismo; si alguien está en peligro, llame primero a "
            "emergencias.",
    .handoff_closed =
        "Nuestro equipo no está en este momento; su solicitud está la primera de la lista y "
            "una persona responderá aquí.",
    .handoff_opens =
        "Nuestro equipo vuelve {opens}; su solicitud está la primera de la lista y una persona "
            "responderá aquí.",
    .also_passed = "Una persona de nuestro equipo se ocupará de su otra solicitud: «{request}»",
    .yes = "Sí, me ha ayudado",
    .no = "No, no me ha ayudado",
    .human = "Hablar con una persona",
    .devices = { "Ordenador", "Teléfono o tableta", "Impresora", "Otra cosa" },
    .since = { "Desde hoy", "Desde hace unos días", "Desde hace más tiempo" },
    .scope = { "Solo a mí", "A varias personas", "A todos" },
};

const struct speech speech_es = {
    "es",
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
