# First start and Practice.
first-title = Practice the sale before the customer comes in
first-text = You talk with a customer who is not real, about a product that is. Afterwards you read what worked and what to say instead, with your own words beside it.
first-people = Who is practicing?
first-new = Somebody new? What are you called?
first-name = What are you called?
first-go = Begin
first-note = The name stays on this laptop. No account, no password, no network.

practice-recommended = Recommended for you
practice-title = { $product }, for { $title }
practice-why = Why this one:
practice-start = Start
practice-else = Pick something else for me
practice-unfinished = { $n ->
    [one] You left a conversation open
   *[other] You left { $n } conversations open
 }
practice-unfinished-line = { $title }, { $difficulty }. { $turns ->
    [one] { $turns } turn
   *[other] { $turns } turns
 }, { $clock } so far. { $when }.
practice-unfinished-gone = The catalogue no longer has this customer, so it cannot go on. { $turns ->
    [one] { $turns } turn is
   *[other] { $turns } turns are
 } kept. { $when }.
practice-unfinished-leave = Leave it unscored
practice-unfinished-go = Carry on
practice-unfinished-end = Score it as it stands
practice-choose = Choose a product to sell
practice-search = Search products
practice-search-label = Search products by name, number or what they do
practice-category = Category
practice-all = All { $n }
practice-found = { $n ->
    [0] No product
    [one] One product
   *[other] { $n } products
 }
practice-none-title = Nothing here goes by that
practice-none-text = Try fewer letters, another word for it, or another category.
practice-none-clear = Show all products
practice-best = Your best score { $score }
practice-tries = { $n ->
    [one] one try
   *[other] best in { $n } tries
 }
practice-customers = Customers for { $product }
practice-col-customer = Customer
practice-col-difficulty = Difficulty
practice-col-tests = What they will test
practice-col-best = Your best
practice-col-attempts = Attempts
practice-col-open = Open
practice-open = Open
practice-open-label = Open { $title }, { $persona }, { $difficulty }
practice-study = Study this product

# Briefing
briefing-path = Where you are
briefing-goal = What you are there to do
briefing-customer = Your customer
briefing-patience = Leaves after { $n ->
    [one] one weak answer
   *[other] { $n } weak answers in a row
 }
briefing-facts = What you can rely on
briefing-study = Study the whole product
briefing-scored = How you will be scored
briefing-rubric = Rubric { $version }. Nothing else counts.
briefing-weight = Weight
briefing-skill = Skill
briefing-earns = You earn points for
briefing-loses = You lose them for
briefing-earns-productKnowledge = right facts, tied to what they told you
briefing-loses-productKnowledge = claims the facts do not back
briefing-earns-objectionHandling = clarify, acknowledge, answer, check
briefing-loses-objectionHandling = ignoring, arguing, discounting at once
briefing-earns-closingTechnique = questions first, a clear ask, a next step
briefing-loses-closingTechnique = never asking, or asking too early
briefing-earns-rapport = listening, using their words, courtesy
briefing-loses-rapport = interrogations, long speeches, put-downs
briefing-ready = Get ready
briefing-how-typed = You type, they answer
briefing-how-typed-note = Write the way you would say it. Enter says it.
briefing-how-kept = Every line is kept
briefing-how-kept-note = You can stop the clock, close the laptop and carry on later.
briefing-how-private = Only you can see it
briefing-how-private-note = It stays on this laptop. If you go on by voice, the service that answers is told what was said.
briefing-how-hint = A hint when you ask for one
briefing-how-hint-note = It costs no points.
briefing-start = Start talking
briefing-starting = Opening the door…
briefing-refused = This customer could not be found
