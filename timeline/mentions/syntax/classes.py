"""The classes of words and labels that the rules speak of, by the names of the schemes that the parser was trained on:
parts of speech of Universal Dependencies, tags of the Penn Treebank, labels of ClearNLP."""

NOUNS = frozenset({"NOUN", "PROPN"})
NOMINALS = NOUNS | {"PRON", "NUM"}
"""What can be a subject or an object."""
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of finite verbs and modals."""
SUBJECT = ("nsubj", "csubj")
PASSIVE_SUBJECT = ("nsubjpass", "csubjpass")
SUBJECTS = (*SUBJECT, *PASSIVE_SUBJECT)
PRENOMINAL = frozenset({"det", "amod", "poss", "compound", "nummod", "nmod", "quantmod", "predet", "case"})  # fmt: skip
"""What a noun holds in front of it."""
ACTING_LABELS = frozenset({"NORP", "ORG", "LOC", "GPE", "PERSON"})
"""Names of whoever can do something: a capital stands for its government."""
PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
SUBORDINATORS = frozenset(
    ["that", "when", "where", "while", "as", "if", "because", "since", "after", "before", "until", "although", "though",
     "once", "whether", "unless"]
)  # fmt: skip
"""What opens a clause, and not a phrase: "the ambassador *to* Peru said"."""
TEMPORAL_SUBORDINATORS = frozenset({"after", "before", "since", "until", "when", "while", "as"})
