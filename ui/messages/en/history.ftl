# History and comparing two attempts
history-refused = The history could not be read
history-search = Search what was said
history-search-label = Search in the transcripts
history-product = Product
history-product-any = Any product
history-scenario = Customer
history-scenario-any = Any customer
history-outcome = Outcome
history-outcome-any = Any outcome
history-score = Score
history-score-any = Any score
history-score-high = 80 and more
history-score-middle = 60 to 79
history-score-low = Under 60
history-score-unscored = Not scored
history-period = Date
history-period-any = Any date
history-period-week = Last 7 days
history-period-month = Last 30 days
history-period-quarter = Last 90 days
history-export = Export everything
history-count-all = { $n ->
    [one] One attempt
   *[other] { $n } attempts
 }, newest first
history-count-found = { $n ->
    [one] One attempt fits
   *[other] { $n } attempts fit
 }, of { $total }. Newest first.
history-count-words = { $n ->
    [one] One attempt mentions
   *[other] { $n } attempts mention
 } “{ $text }”, of { $total }. Newest first.
history-list = Attempts
history-select = Compare { $product }, { $when }
history-selected-one = One selected. Choose another of the same customer.
history-selected-two = Two selected, same customer
history-selected-other = Only attempts with the same customer can be compared
history-compare = Compare them
history-clear = Clear
history-open = Open
history-open-label = Open { $product }, { $when }
history-none-score = Not scored
history-score-label = Score { $score }
history-snippet = { $who }: “
history-more = Show more
history-empty-title = Your first conversation will be kept here
history-empty-text = Every attempt is written down on this laptop as you talk: the words, the score and the reasons for it. You can search it, compare two attempts and export them, with or without a network.
history-empty-go = Start with this one
history-empty-line = { $product }, { $persona }, { $difficulty }
history-none-title = No attempt fits
history-none-text = Try another word, or fewer filters.
history-none-clear = Show every attempt

compare-title = Two attempts at the same customer
compare-refused = These attempts could not be compared
compare-earlier = Earlier
compare-later = Later
compare-better = The later attempt is { $n ->
    [one] one point
   *[other] { $n } points
 } better. { $skill } moved most.
compare-worse = The later attempt is { $n ->
    [one] one point
   *[other] { $n } points
 } lower. { $skill } moved most.
compare-same = Both come to the same score.
compare-unscored = One of them was too short to score.
compare-what = What
compare-outcome = Outcome
compare-change = Change
compare-time = Practice time
compare-turns = Turns
compare-objections = Objections settled
compare-of = { $n } of { $all }
compare-needs = Needs found
compare-claims = Claims the catalogue contradicts
compare-coach = What to do differently
compare-no-coach = Nothing cost points worth a remark
compare-open = Open the debrief
compare-again = Try this customer again
compare-not-observed = –
compare-score-of = Overall score { $score }
