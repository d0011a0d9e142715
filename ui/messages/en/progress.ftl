# Progress
progress-refused = Progress could not be read
progress-headline-improving = You are getting better.
progress-headline-steady = You are holding steady.
progress-headline-declining = The last attempts were harder on you.
progress-headline-too_early = A few more attempts and there is a trend to see.
progress-weak-productKnowledge = Product knowledge is what holds you back.
progress-weak-objectionHandling = Objections are what hold you back.
progress-weak-closingTechnique = Closing is what holds you back.
progress-weak-rapport = Rapport is what holds you back.
progress-average = { $n ->
    [one] One scored attempt so far: { $score }.
   *[other] Average of all { $n } scored attempts: { $score }. Best: { $best }.
 }
progress-next = Practice next: { $product }
progress-trend = Overall score
progress-trend-note = Dots: attempts. Line: average of the last four.
progress-as-table = Show as a table
progress-as-chart = Show as a chart
progress-trend-alt = Overall score of your last { $n } attempts: from { $low } to { $high }. The last four average { $last }.
progress-col-when = When
progress-col-score = Score
progress-col-average = Average of four
progress-skills = The four skills
progress-skills-note = Average over all attempts; change over 30 days
progress-up = up { $n }
progress-down = down { $n }
progress-same = no change
progress-no-change = too early
progress-not-observed = not observed yet
progress-mastery = Products you have practiced
progress-mastery-note = { $n } of { $all }. Average of every scored attempt.
progress-mastery-one = { $score }, one attempt so far
progress-mastery-label = average { $score }
progress-days = { $n ->
    [0] No days in a row yet
    [one] One day
    [2] Two days in a row
    [3] Three days in a row
    [4] Four days in a row
    [5] Five days in a row
    [6] Six days in a row
    [7] Seven days in a row
   *[other] { $n } days in a row
 }
progress-days-best = Best { $n }
progress-days-practiced = practiced
progress-days-rest = no practice
progress-days-today = today
progress-badges = Badges
progress-badge-have = You have { $have }.
progress-badge-best = Your best is { $have }.
progress-totals = All in all
progress-total-sessions = Attempts completed
progress-total-time = Practice time
progress-total-rate = Completed of all begun
progress-total-average = Average score
progress-total-best = Best score
progress-none = –
progress-percent = { $n }%
progress-empty-title = Here you will see whether it gets easier
progress-empty-text = After your first conversation this page says which skill to work on next, and which products you know. It takes about three before there is a trend.
progress-empty-go = Start with this one
badge-dedicated-rule = Ten completed sessions.
badge-expert-rule = One session of 95 or more.
badge-consistent-rule = Five sessions of 80 or more.
badge-straight-talker-rule = Five sessions with no claim that the catalogue contradicts.
badge-doubt-settler-rule = Five sessions in which every doubt was settled.
badge-other = A badge
badge-other-rule = Keep going to find out.
