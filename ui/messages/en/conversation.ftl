# Conversation
talk-heading = Conversation about { $product }: { $title }
talk-who = { $title }, { $difficulty }
talk-refused = This conversation could not be opened
talk-timer = Practice time { $clock }
talk-region = Conversation
talk-turns = What was said
talk-customer = The customer
talk-waiting = The customer is thinking
talk-paused = The clock is stopped
talk-paused-note = Everything so far is saved. The customer waits where you left them.
talk-yours = Your turn
talk-saved = All saved up to here
talk-saved-to = Saved up to here, { $clock }
talk-pending = not saved yet
talk-field = What you say
talk-placeholder = Say it the way you would say it in the store
talk-say = Say it
talk-saying = Saving…
talk-kept-words = Your words are still in the field.
talk-again = Say it again
talk-resume = Carry on
talk-pause = Pause
talk-repeat = Repeat
talk-hint = Hint
talk-end = End
talk-goal = Your goal
talk-facts = Facts you may need
talk-aside = Goal and facts
talk-goal-short = Facts
talk-aside-close = Close goal and facts
talk-hint-title = A hint, since you asked
talk-hint-shape = For instance
talk-hint-free = Asking for hints costs no points.
talk-hint-close = Close the hint
talk-repeated = The customer said: { $text }
talk-over-buy = The customer bought
talk-over-walk_away = The customer has left
talk-over-undecided = The customer left without deciding
talk-over = The talk is over
talk-over-note = Every word is saved. See what worked.
talk-to-debrief = See the debrief
talk-end-title = End this conversation?
talk-end-text = It is scored as it stands: { $turns ->
    [one] one turn
   *[other] { $turns } turns
 }, { $clock }.
talk-end-nothing = You have said nothing yet, so there is nothing to score.
talk-end-few = { $turns ->
    [one] One turn
   *[other] { $turns } turns
 }, { $clock }: still too short to score, which takes at least four lines from you. Nothing is lost either way.
talk-end-score = End and see the debrief
talk-end-later = Leave it open and come back later
talk-end-leave = Leave it unscored
talk-end-stay = Keep talking
talk-scoring = Adding it up…
