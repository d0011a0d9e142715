# The frame: title, navigation, keys, notices, errors.
text-missing = (this text is missing)
title = { $screen } · SellMe PRT
title-first = Welcome
title-practice = Practice
title-briefing = Briefing
title-talk = Conversation
title-debrief = Debrief
title-history = History
title-compare = Two attempts compared
title-progress = Progress
title-catalogue = Catalogue
title-settings = Settings
brand = SellMe PRT
brand-home = SellMe PRT, to Practice
skip = Skip to the page
nav-label = Main
nav-practice = Practice
nav-progress = Progress
nav-history = History
nav-catalogue = Catalogue
nav-settings = Settings
saved-here = { $name }, all saved on this laptop
close = Close
cancel = Cancel
loading = One moment…
try-again = Try again
to-practice = Go to Practice
to-history = Go to History
code = Code { $code }
refused-title = That did not work
export-file = Written to
export-folder = in { $folder }
boot-refused = SellMe PRT cannot begin
trouble-title = Something went wrong here.
trouble-text = Everything said so far is saved on this laptop. The error is in the log.
trouble-reload = Start the window again
trouble-go-on = Carry on
notices = News from the last start
notices-close = Close the news
notice-repaired = The data file was damaged and has been repaired: { $kept ->
    [one] one attempt is
   *[other] { $kept } attempts are
 } there again, { $missing ->
    [0] none is missing
    [one] one is missing
   *[other] { $missing } are missing
 }. The damaged file was set aside: { $path }
notice-unknown-setting = The configuration has a setting that SellMe PRT does not know: { $key }. It was left alone.
notice-config-unreadable = The configuration could not be read and was not used: { $path }

keys-title = Keys
keys-open-sheet = Keys
keys-everywhere = Everywhere
keys-practice = Practice
keys-conversation = In a conversation
keys-debrief = Debrief
keys-sheet = This list
keys-search = Search
keys-back = Back
keys-tab = To the next control
keys-grid = From product to product
keys-open = Open or close its customers
keys-say = Say it
keys-newline = A new line
keys-hint = Ask for a hint
keys-goal = Your goal and the facts, where the window is narrow
keys-repeat = Read the customer’s last line again
keys-pause = Stop and start the clock
keys-type = To the field
keys-end = Out of the field; then end, asks once
keys-quote = From a point to its words, and from the words to their points
keys-quote-back = Back to where you were
keys-transcript = Line by line in the transcript
keys-can-be-off = Single keys hold while no field has the focus. Settings can turn them off; F1 always opens this list.
keys-are-off = Single keys are turned off in Settings. F1 always opens this list.
