# Only on the command line.
cli-scored = Scored:
cli-commands = Type what you would say. /hint, /repeat, /end to see your score, /leave to go without one.
cli-goes-on = This practice is not ended. Go on with it in the window, or with `sellme practice --resume { $id }`.
cli-left = You left this practice. What was said is kept in the history, without a score.
cli-debrief = How it went
cli-objections = Objections
cli-claims = What you claimed, checked
cli-avoid = Claims to avoid
cli-scenarios = Customers to practice with
cli-unused =
    { $count ->
        [1] The customer ended first; one line of the script was left over:
       *[other] The customer ended first; { $count } lines of the script were left over:
    }
cli-matching = { $matching } of { $total } attempts
cli-sessions = Completed sessions
cli-average = Average score
cli-best = Best score
cli-trend = Trend
cli-streak = Days in a row
cli-minutes = Minutes of practice
cli-best-of = best { $best }

status-IN_PROGRESS = Not finished
status-COMPLETED = Completed
status-ABANDONED = Left early
verdict-supported = Right
verdict-contradicted = Contradicted
verdict-unsupported = Not backed by the catalogue
objection-settled = Settled
objection-open = Not settled
direction-improving = Getting better
direction-steady = Steady
direction-declining = Going down
direction-too_early = Too early to tell
coaching-better = Better:
cli-open = Begun and not ended; go on in the window, or with `sellme practice --resume ID`:
cli-nothing = Nothing was found.
cli-no-command = Commands are /hint, /repeat, /end and /leave; that was none of them, and the customer did not hear it.
cli-not-text = That line is not UTF-8 text; say it again.
cli-played-again = This scripted session is in the history already; it was played again without storing it twice.
cli-without-data = The data folder could not be opened; what is sold is shown without your own scores.
cli-checked =
    { $products ->
        [1] One product, revision { $revision }
       *[other] { $products } products, revision { $revision }
    }
