# The field's own terms, wherever they are shown.
speaker-rep = You
speaker-customer = Customer

persona-skeptical = Skeptical
persona-price-conscious = Price-conscious
persona-rushed = Rushed
persona-knowledgeable = Knowledgeable
persona-friendly = Friendly

difficulty-easy = Easy
difficulty-medium = Medium
difficulty-hard = Hard
difficulty-expert = Expert

outcome-sale = Sale
outcome-no-sale = No sale
outcome-undecided = Undecided

status-in-progress = Not finished
status-completed = Completed
status-abandoned = Left early

skill-product-knowledge = Product knowledge
skill-objection-handling = Objection handling
skill-closing-technique = Closing technique
skill-rapport = Rapport

step-pause = Pause
step-clarify = Clarify
step-acknowledge = Acknowledge
step-answer = Answer
step-check = Check

verdict-supported = Right
verdict-contradicted = Contradicted
verdict-unsupported = Not backed by the catalogue

objection-settled = Settled
objection-open = Not settled

direction-improving = Getting better
direction-steady = Steady
direction-declining = Going down
direction-too-early = Too early to tell

badge-dedicated = Dedicated Learner
badge-dedicated-rule = { $need } completed sessions.
badge-expert = Sales Expert
badge-expert-rule = One session of 95 or more.
badge-consistent = Consistent Performer
badge-consistent-rule = { $need } sessions of 80 or more.
badge-straight-talker = Straight Talker
badge-straight-talker-rule = { $need } sessions with no claim that the catalogue contradicts.
badge-doubt-settler = Doubt Settler
badge-doubt-settler-rule = Every doubt settled in { $need } sessions.

sample = sample
coaching-better = Better:
