# What the score says: points, what was missed, advice, headlines, hints and measures. About what was said, never about the person who said it.
# $category is the kind of doubt: price, quality, timing, competition, need or trust. All arguments are strings.

## Points: product knowledge

point-fact-relevant = A true fact that mattered to them
point-fact-other = A true fact, with nothing of theirs behind it
point-fact-tied = A fact tied to what they need: { $need }
point-price-right = The right price
point-question-answered = Answered what they asked
point-honest-unknown = Said “I don’t know”, or offered to find out, instead of guessing
point-facts-missed = Few facts spoke to what they need, asked or doubted
point-tied-missed = They told you, and no fact was heard that speaks to it: { $need }
point-need-not-found = Was not heard to come up, so nothing could be tied to it: { $need }
point-price-missed = The right price was not heard; it is { $price }
point-question-missed = No answer to their question was heard
point-recital = Listed features that nobody had asked for
point-claim-contradicted = Promised more than the catalogue says
point-claim-unsupported = Said something that nothing in the catalogue backs
point-price-wrong = Wrong price; it is { $price }

## Points: objection handling

point-pause = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: took { $seconds } s before answering
point-pause-missed = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: { $seconds } s before answering; aim for 0.8 to 3
point-clarified = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: asked what was behind it
point-clarify-missed = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: no question was heard what is behind it
point-acknowledged = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: took the doubt seriously
point-acknowledge-missed = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: no word was heard that it is a fair doubt
point-answered = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: answered with something that speaks to it
point-answer-missed = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: never answered
point-checked = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: asked whether that settled it
point-check-missed = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: no question was heard whether that settles it
point-resolved = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: settled, it did not come back
point-resolve-missed = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: still open at the end
point-objection-ignored = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: no step taken
point-argued = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: argued with the doubt instead of answering it
point-discounted = { $category ->
    [price] Price
    [quality] Quality
    [timing] Timing
    [competition] Another product
    [need] Need
   *[trust] Trust
  }: offered to take less before anything else
point-discounted-unasked = Offered to take less though nobody had asked

## Points: closing technique

point-discovery = Asked about their situation before pitching
point-discovery-missed = Pitched before asking about their situation
point-discovery-short = One more question before the pitch would have told more
point-discovery-late = Asked about their situation, after the pitch
point-trial = Tested how they stood before asking for the sale
point-trial-missed = Not heard: how they stand so far, before the ask
point-ask = Asked for the sale in plain words
point-ask-missed = No ask for the sale was heard
point-ask-after-value = Asked once the value was on the table
point-ask-too-early = Asked before enough of its value was on the table
point-ask-no-value = Asked before a single fact had been said
point-ask-clear = Asked with no doubt left open
point-ask-over-doubt = Asked while a doubt was still open
point-settled-sale = A clear yes
point-next-step = Left with a clear next step
point-graceful = Took the no with good grace
point-next-step-missed = No next step was heard
point-pushed = Kept pushing after a clear no

## Points: rapport

point-opening = Opened with a welcome or with their situation
point-opening-offer = “Can I help you?” invites “just looking”
point-opening-missed = No welcome was heard at the start
point-respect = Left them room: no speech, nothing belittled
point-respect-missed = Left them too little room or respect
point-reflection = Gave back in own words what they said
point-reflection-missed = Little was heard that gives back what they said
point-used-need = Used what they told you: { $need }
point-used-missed = Little was heard that uses what they told you
point-empathy = Took their doubt or their trouble seriously
point-empathy-missed = At a doubt, no word was heard that it is fair
point-open-question = A question that invites more than yes or no
point-open-question-missed = Few questions that invite more than yes or no
point-question-balance = Open questions kept up with closed ones
point-question-balance-missed = More questions were heard for yes or no than open ones
point-courtesy = Thanks, a name, a friendly word
point-courtesy-missed = No thanks and no friendly word was heard
point-talk-share = Balance of the talk: { $percent }% yours
point-talk-share-missed = Balance of the talk: { $percent }% yours; aim for 40 to 55
point-interrupted = Cut in while they were speaking
point-monologue = { $words } words in one go
point-put-down = Belittled them or their choice
point-interrogation = Question after question, with nothing given in between

## Why there is no score

not-scored-too-short = Too short to score: { $turns ->
    [1] 1 turn
   *[other] { $turns } turns
  } of yours and { $words } words in all. It takes { $least-turns } turns and { $least-words } words.
not-scored-other-language = Not scored: { $turns } of your { $all } turns are in another language, and only English can be measured.
not-observed-no-product = Nothing to check facts against: no product was chosen
not-observed-no-objection = No doubt came up that you had a chance to answer
not-observed-no-rep = You did not say anything

## Advice: what to do, and why it cost

coach-claim = Say what it really does
why-claim = They will find out, and then they doubt the rest of what you said too. The true answer sells better than the big one.
coach-unsupported = Promise only what you can show
why-unsupported = Nothing in the catalogue backs that. “Let me check” earns more than a guess.
coach-put-down = Leave their choice standing
why-put-down = Nobody buys from a line that makes them look foolish. What they chose so far had a reason; ask for it.
coach-push = Let a clear no be a no
why-push = They had said no. One more ask costs the next visit as well.
coach-ask = Ask for the sale
why-ask = The talk ended without anybody being asked to buy. Many wait for just that.
coach-answer = { $category ->
    [price] Answer the price
    [quality] Answer the doubt about quality
    [timing] Answer “not now”
    [competition] Answer the comparison
    [need] Answer the doubt whether they need it
   *[trust] Answer the doubt about trust
  }
why-answer = What is not answered stays, and it decides at the end.
coach-discount = Show the value before you touch the price
why-discount = Taking something off at the first word says that it was never worth the tag.
coach-discovery = Ask before you show
why-discovery = Without knowing what it has to do for them, every fact is a guess. Two questions are enough.
coach-ask-doubts = Settle the doubt, then ask
why-ask-doubts = You asked while a doubt was open, so the doubt answered.
coach-ask-early = Give them a reason, then ask
why-ask-early = The ask came before there was much to say yes to.
coach-clarify = Ask what is behind the doubt
why-clarify = The first words of a doubt seldom name the real one. One question keeps you from answering the wrong thing.
coach-acknowledge = Take the doubt seriously first
why-acknowledge = A fact that comes before a word of understanding sounds like arguing.
coach-check = Ask whether that settles it
why-check = Without a check you do not know whether the doubt is gone, and neither do they.
coach-resolve = Stay with the doubt until it is settled
why-resolve = They came back to it, or it was still there at the end.
coach-argue = Agree with what is fair in the doubt
why-argue = Winning the argument loses the customer.
coach-tie-need = Tie the fact to what they told you
why-tie-need = They told you what it has to do. A fact counts for them once it answers that.
coach-price = Say the price plainly
why-price = A price that is missing or wrong comes back at the counter.
coach-question = Answer what they ask
why-question = A question is interest. When it goes by, the interest goes too.
coach-recital = Pick the one fact that counts for them
why-recital = A list makes them sort it out themselves. Most do not.
coach-facts = Say the facts that speak to them
why-facts = They asked, needed and doubted; more of it could have had a true fact beside it.
coach-listen = Give back what they told you
why-listen = Hearing their own words back shows that they were heard, and it costs one sentence.
coach-empathy = Say that the doubt is fair
why-empathy = Half a sentence of understanding makes the answer after it easier to take.
coach-next-step = Leave with a next step
why-next-step = “I’ll think about it” is not a no. With a next step it has a date.
coach-trial = Test the water before you ask
why-trial = “How does that sound so far?” shows what is still in the way while there is time to answer.
coach-questions = Ask questions that cannot be answered yes or no
why-questions = A yes or a no ends the thread. “What” and “how” start one.
coach-opening = Open with a welcome and their situation
why-opening = The first line sets whether they are looked after or sold to.
coach-courtesy = Thank them for their time
why-courtesy = Bought or not, the thanks is what they take home.
coach-monologue = Keep it to three sentences
why-monologue = In a long turn they hear the first line and the last. Stop sooner and ask.
coach-interrogation = Give something between two questions
why-interrogation = Four questions in a row feel like a form to fill in.
coach-interrupt = Let them finish
why-interrupt = What was cut off may have been the reason to buy.
coach-talk = Leave them more of the talk
why-talk = Sales that come off are close to half and half.
coach-pause = Take a breath before you answer a doubt
why-pause = An answer that comes at once sounds rehearsed. One second is enough.

## Headlines: what went well, then what was missing

headline-too-short = There was not enough said to score.
headline-left-early = The customer left before there was more.
headline-other-language = Only English can be measured, and this customer speaks nothing else.
headline-well-sale = You found what they needed and they said yes.
headline-well-doubts = Every doubt they raised was settled.
headline-well-tied = You showed them what it does for them.
headline-well-found = You found what they needed.
headline-well-facts = What you said about it was right.
headline-well-some-doubts = You took their doubts up.
headline-well-asked = You asked for the sale.
headline-well-opened = They felt welcome.
headline-well-start = It is a start.
headline-missing-claim = One promise went further than the catalogue.
headline-missing-respect = One line put their choice down.
headline-missing-answer = { $category ->
    [price] The price was never answered.
    [quality] The doubt about quality was never answered.
    [timing] “Not now” was never answered.
    [competition] The comparison was never answered.
    [need] The doubt whether they need it was never answered.
   *[trust] The doubt about trust was never answered.
  }
headline-missing-ask = Nobody asked for the sale.
headline-missing-push = The no was not taken for a no.
headline-missing-needs = What they needed never came up.
headline-missing-facts = More facts could have spoken to them.
headline-missing-steps = The doubts wanted another step.
headline-missing-close = The close came apart.
headline-missing-listening = What they said could have been used more.
headline-little-missing = What was missed is small.
headline-nothing-missing = No one thing stands out as missing.

## Hints

hint-open = Say hello and ask about their situation.
hint-discover = Ask what it has to do for them.
hint-clarify = { $category ->
    [price] They find it dear. Ask what is behind that before you answer.
    [quality] They doubt that it is good enough. Ask what they have seen before you answer.
    [timing] They are not ready. Ask what has to happen first.
    [competition] They have seen something else. Ask which, and what they like about it.
    [need] They do not see the need. Ask what they use now.
   *[trust] They have their doubts. Ask what happened before you answer.
  }
hint-answer-doubt = Say that the doubt is fair, answer it with one fact, and ask whether that settles it.
hint-answer-again = { $category ->
    [price] The price came back. Answer it again, another way.
   *[other] The doubt came back. Answer it again, another way.
  }
hint-answer-question = Answer their question first. If you do not know, say so and offer to find out.
hint-tie = They told you what counts: { $need }. Show the one thing that answers it.
hint-value = Give them one more fact that speaks to what they told you.
hint-trial = Ask how it sounds to them so far.
hint-ask = The moment is there. Ask for the sale.
hint-next-step = They hold back. Ask what would help them decide, and offer a next step.
hint-leave = They said no. Thank them and leave the door open.
hint-thank = They said yes. Thank them.

## Why a measure is missing

unmeasured-typed = Typed words have no timing
unmeasured-partly-typed = Some of it was typed, so the shares cannot be compared
unmeasured-too-little-speech = Needs { $least } s of your speech. There were { $there } s.
unmeasured-few-replies = Needs { $least } s of your speech after doubts. There were { $there } s.
unmeasured-no-objection = No doubt was raised that you answered aloud
unmeasured-few-turns = Needs { $least } turns of yours
unmeasured-no-rep = You did not say anything
unmeasured-fillers-stripped = The recognizer leaves out “um” and “uh”. A count would flatter you, so there is none.
