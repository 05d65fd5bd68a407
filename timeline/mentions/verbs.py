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
PASTS = frozenset(
    ["sank", "went", "began", "broke", "drank", "rang", "ran", "came", "became", "flew", "grew", "knew", "rose", "shook",
     "spoke", "stole", "swam", "took", "threw", "woke", "wrote", "gave", "saw", "drove", "fell", "froze", "hid", "chose",
     "drew", "rode", "swore", "tore", "wore", "withdrew", "overthrew", "arose", "sang", "shrank", "sprang", "died"]
)  # fmt: skip
"""Forms that are past tense and no participle, or that only have a participle without a passive."""
DITRANSITIVE = frozenset({"call", "dub", "name", "offer", "grant", "award", "deny", "elect", "appoint", "charge", "hand",
                          "label", "consider", "deem", "term", "title", "promise", "owe"})  # fmt: skip
"""Verbs whose passive participle keeps an object: "a man called Yusuf", "officers awarded medals"."""
