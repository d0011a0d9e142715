# Debrief
debrief-refused = This debrief could not be opened
debrief-of = of 100
debrief-weights = over { $percent }% of the weights
debrief-score = Overall score { $score } of 100
debrief-none = No score
debrief-left-title = You left this one unscored
debrief-left-text = Nothing was added up. The words are kept as they stand.
debrief-time = Practice time { $clock }
debrief-private = Only you
debrief-typed = Typed
debrief-next = One thing next
debrief-next-go = Practice this one
debrief-next-line = { $product }, { $persona }, { $difficulty }
debrief-again = Same customer again
debrief-coach = { $n ->
    [one] What to do differently
   *[other] What to do differently
 }
debrief-coach-novice = One thing at a time for your first five attempts
debrief-coach-none = Nothing cost you points worth a remark. Try a harder customer.
debrief-you-said = You said, { $clock }
debrief-they-said = They said, { $clock }
debrief-better = Better
debrief-cost = { $why } It cost { $n ->
    [one] one point
   *[other] { $n } points
 } of { $skill }.
debrief-points = Where the points came from
debrief-points-note = Choose a quote to see it in the talk. What counts is what was heard by fixed rules: good words of your own can go unheard.
debrief-skill-line = { $earned } of { $available } points, { $weight }% of the score
debrief-not-observed = Not observed
debrief-no-quote = no one moment
debrief-won = points won
debrief-missed = points missed
debrief-objections = Objections, step by step
debrief-objections-none = They raised none.
debrief-settled-count = { $settled } of { $n } settled
debrief-settled = Settled
debrief-half = Half settled
debrief-open = Not answered
debrief-times = raised { $n } times
debrief-step-missing = missing
debrief-step-not-measurable = not measurable in typing
debrief-step-pause = { $s } s
debrief-needs = What they needed
debrief-needs-count = { $found } of { $n } found
debrief-need-told = told at { $clock }
debrief-need-reflected = given back at { $clock }
debrief-need-tied = answered at { $clock }
debrief-need-asked = you asked at { $clock }
debrief-need-never-asked = They would have told you, had you asked
debrief-need-used = Found and used
debrief-need-found = Found, not used
debrief-need-missed = Never found
debrief-claims = What you claimed, checked
debrief-claims-revision = Catalogue revision { $revision }
debrief-claim-said = You said
debrief-claim-fact = The fact
debrief-claim-verdict = Verdict
debrief-claim-no-fact = The catalogue says nothing of it
debrief-verdict-supported = Right
debrief-verdict-contradicted = Contradicted
debrief-verdict-unsupported = Not backed
debrief-close = How you closed
debrief-close-line = { $value ->
    [0] Nothing of value stood
    [one] One fact stood
   *[other] { $value } facts stood
 } before you first asked, { $open ->
    [0] and no objection was open
    [one] with one objection open
   *[other] with { $open } objections open
 }.
debrief-close-never = You never asked for the sale.
debrief-close-trial = You tested the water
debrief-close-ask = You asked
debrief-close-answer = They answered
debrief-measures = How the talk went
debrief-measures-note = The green stretch is the aim.
debrief-not-measurable = Not measurable
debrief-aim = Aim { $from } to { $to }.
debrief-aim-most = Aim { $to } at most.
debrief-aim-least = Aim { $from } at least.
debrief-aim-none = No aim; it depends on the customer.
debrief-customer-side = Their side of it
debrief-customer-note = What the customer did. It never enters the score.
debrief-signal-raise_objection = Raised an objection
debrief-signal-reveal_need = Told you a need
debrief-signal-trap = Tested whether you exaggerate
# What the customer did, and what it was about: “Told you a need: dry feet”.
debrief-signal-about = { $what }: { $about }
debrief-decide-buy = Bought
debrief-decide-walk_away = Left without buying
debrief-decide-undecided = Left it open
reason-convinced = because you convinced them and asked at the right moment
reason-out_of_patience = because their patience ran out over weak answers
reason-lost_trust = because they stopped believing you
reason-doubt_left = because a doubt was never answered
reason-too_expensive = because it cost more than what you showed it does
reason-never_asked = because you never asked for the sale
reason-put_off = because they felt pushed
reason-rep_left = because you said goodbye
reason-out_of_time = because they ran out of time
debrief-they = { $decision ->
    [buy] They bought
    [walk_away] They left without buying
   *[other] They left it open
 }, { $reason }.
debrief-transcript = Transcript
debrief-key-won = earned
debrief-key-missed = missed
debrief-key-selected = selected
debrief-export = Export
debrief-back = Back to the point
debrief-back-words = Back to the words
    [one] one point about this
   *[other] { $n } points about this
 }
debrief-rubric = Rubric { $version }, catalogue revision { $revision }. The same words always come to the same score.

# Measures: their names, and their values with the unit.
measure-talk-share = Your share of the talk
measure-longest-turn = Your longest turn
measure-open-questions = Open questions
measure-closed-questions = Closed questions
measure-question-spread = Thirds of the talk with a question
measure-pace = Pace
measure-pace-jump = Change of pace after doubts
measure-pause-after-objection = Pause after a doubt
measure-interruptions = Interruptions
measure-fillers = Fillers
measure-value-talkShare = { $v }%
measure-value-longestTurn = { $v } s
measure-value-openQuestions = { $v }
measure-value-closedQuestions = { $v }
measure-value-questionSpread = { $v } of 3
measure-value-pace = { $v } wpm
measure-value-paceJump = { $v } wpm
measure-value-pauseAfterObjection = { $v } s
measure-value-interruptions = { $v }
measure-value-fillers = { $v } a minute
