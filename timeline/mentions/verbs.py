"""Verbs by what they take, as far as the mending of parses asks for it."""

HARMS = frozenset({"kill", "wound", "injure", "destroy", "damage", "displace", "leave"})
SUFFERED = frozenset(
    ["kill", "wound", "injure", "hurt", "maim", "detain", "arrest", "displace", "rescue", "evacuate", "hospitalise",
     "hospitalize", "capture", "abduct", "kidnap", "damage", "destroy"]
)  # fmt: skip
"""What people are told to have suffered without the auxiliary being told again."""
NEEDING_OBJECT = frozenset(
    ["abduct", "ambush", "arrest", "assassinate", "attack", "beat", "behead", "bomb", "capture", "condemn", "damage", "deport",
     "destroy", "detain", "execute", "expel", "injure", "jail", "kidnap", "kill", "loot", "murder", "occupy", "rape", "seize",
     "shell", "shoot", "stab", "storm", "torture", "wound"]
)  # fmt: skip
"""Verbs that do not go without an object."""
INTRANSITIVE = frozenset(
    ["arrive", "assemble", "capitulate", "capsize", "clash", "collide", "congregate", "crash", "demonstrate", "depart",
     "derail", "detonate", "die", "disembark", "emerge", "erupt", "escape", "explode", "fall", "flee", "flock", "gather", "go", "march", "mutiny", "parade", "perish", "picket",
     "plunge", "protest", "rally", "rejoice", "resign", "respond", "retaliate", "retreat", "return", "riot", "scuffle", "sink",
     "skid", "skirmish", "sleep", "strike", "surge", "surrender", "travel", "vanish", "veer", "vote", "walk", "weep", "withdraw"]
)  # fmt: skip
"""Verbs that agency prose hardly ever puts in the passive without "by"."""
PASTS = {
    "arose": "arise", "became": "become", "began": "begin", "blew": "blow", "broke": "break", "came": "come", "chose": "choose",
    "died": "die", "drank": "drink", "drew": "draw", "drove": "drive", "fell": "fall", "flew": "fly", "forbade": "forbid",
    "forgave": "forgive", "froze": "freeze", "gave": "give", "grew": "grow", "hid": "hide", "knew": "know", "mistook": "mistake",
    "overran": "overrun", "oversaw": "oversee", "overthrew": "overthrow", "overtook": "overtake", "ran": "run", "rang": "ring",
    "retook": "retake", "rode": "ride", "rose": "rise", "sang": "sing", "sank": "sink", "saw": "see", "shook": "shake",
    "shrank": "shrink", "spoke": "speak", "sprang": "spring", "stole": "steal", "swam": "swim", "swore": "swear",
    "threw": "throw", "took": "take", "tore": "tear", "undertook": "undertake", "underwent": "undergo", "went": "go",
    "withdrew": "withdraw", "woke": "wake", "wore": "wear", "wrote": "write",
}  # fmt: skip
"""Forms that are past tense and nothing else, or have a participle without a passive; with their lemmas."""
DITRANSITIVE = frozenset({"call", "dub", "name", "offer", "grant", "award", "deny", "elect", "appoint", "charge", "hand",
                          "label", "consider", "deem", "term", "title", "promise", "owe"})  # fmt: skip
"""Verbs whose passive participle keeps an object: "a man called Yusuf", "officers awarded medals"."""
AIMED = frozenset(
    ["ambush", "assault", "attack", "ban", "boycott", "bombing", "campaign", "clampdown", "crackdown", "embargo", "invasion",
     "offensive", "plot", "pressure", "protest", "raid", "sanction", "shelling", "siege", "strike", "threat", "war"]
)  # fmt: skip
"""Nouns that tell on, against or by whom something is done."""
INFINITIVE = frozenset(
    ["agree", "allow", "ask", "attempt", "authorise", "authorize", "begin", "cause", "compel", "continue", "decide", "encourage",
     "expect", "fail", "force", "hope", "instruct", "intend", "invite", "manage", "move", "offer", "order", "persuade",
     "plan", "pledge", "prepare", "press", "promise", "refuse", "request", "require", "seek", "tell", "threaten", "try", "urge",
     "vow", "want", "warn"]
)  # fmt: skip
"""Verbs that "to" and a verb complete."""
FATAL = frozenset(
    ["ambush", "attack", "blow", "bomb", "burn", "burst", "capsize", "collapse", "collide", "crash", "crush", "derail", "detonate",
     "erupt", "explode", "flood", "hit", "kill", "overturn", "plunge", "raid", "ram", "shell", "shoot", "sink", "slam", "stab",
     "storm", "strike", "sweep", "topple", "veer"]
)  # fmt: skip
"""Verbs of what may kill somebody."""
