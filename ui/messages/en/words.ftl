# Words of the field that every screen uses.
persona-skeptical = Skeptical
persona-price-conscious = Price-conscious
persona-rushed = Rushed
persona-knowledgeable = Knowledgeable
persona-friendly = Friendly
difficulty-easy = Easy
difficulty-medium = Medium
difficulty-hard = Hard
difficulty-expert = Expert
skill-productKnowledge = Product knowledge
skill-objectionHandling = Objection handling
skill-closingTechnique = Closing technique
skill-rapport = Rapport
outcome-sale = Sale
outcome-no_sale = No sale
outcome-undecided = Undecided
ending-abandoned = Left unscored
ending-open = Not ended
mood-guarded = Keeps a distance
mood-doubtful = Has doubts, still listening
mood-attentive = Listening
mood-interested = Likes what they hear
mood-ready = Close to deciding
mood-impatient = Getting short with you
mood-done = The talk is over
objection-price = Price
objection-quality = Quality
objection-timing = Timing
objection-competition = Another store
objection-need = Need
objection-trust = Trust
step-pause = Pause
step-clarify = Clarify
step-acknowledge = Acknowledge
step-answer = Answer
step-check = Check
speaker-rep = You
speaker-customer = Customer
price-range = { $from } to { $to }
sample = sample
your-best = Your best { $score }{ $attempts ->
    [0] { "" }
    [one] {" "}in one attempt
   *[other] {" "}in { $attempts } attempts
 }
not-tried = Not tried
not-tried-yet = Not tried yet
day-today = Today
day-yesterday = Yesterday
day-and-hour = { $day }, { $hour }
minutes = { $n ->
    [one] one minute
   *[other] { $n } minutes
 }
hours-minutes = { $h } h { $m } min
gone-product = A product that the catalogue no longer has
gone-customer = A customer that the catalogue no longer has
quoted = “{ $text }”
badge-dedicated = Dedicated Learner
badge-consistent = Consistent Performer
badge-expert = Sales Expert
badge-straight-talker = Straight Talker
badge-doubt-settler = Doubt Settler
