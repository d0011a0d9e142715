// Generated from the Rust types by `cargo xtask fmt`. Do not edit.

export type Code = "invalid_input" | "not_found" | "wrong_state" | "catalog_invalid" | "read_only" | "disk_full" | "database_busy" | "folder_in_use" | "database_newer" | "database_foreign" | "database_damaged" | "no_microphone" | "no_speaker" | "sound_busy" | "microphone_refused" | "key_missing" | "key_refused" | "quota_used_up" | "model_unknown" | "service_unavailable" | "connection_blocked" | "session_expired" | "transcription_changed" | "transcription_failed" | "not_signed_in" | "sign_in_refused" | "sign_in_locked" | "forbidden" | "limit_reached" | "internal";

export type Error = { 
/**
 * What a program acts on.
 */
code: Code, 
/**
 * What happened, what was kept and what to do next, for a person.
 */
message: string, };

export type Cents = number;

export type Millis = number;

export type SessionId = string;

export type UserId = string;

export type Category = { 
/**
 * Identity.
 */
id: string, 
/**
 * Shown name.
 */
name: string, };

export type Tier = { 
/**
 * What this price buys.
 */
name: string, 
/**
 * US cents.
 */
priceCents: number, 
/**
 * Sizes, colours.
 */
note: string, };

export type Importance = "high" | "medium" | "low";

export type Feature = { 
/**
 * Identity within the product.
 */
id: string, 
/**
 * A short noun phrase.
 */
name: string, 
/**
 * How much it matters.
 */
importance: Importance, 
/**
 * The fact in a sentence.
 */
fact: string, 
/**
 * What it does for a customer, in a sentence.
 */
benefit: string, 
/**
 * Patterns: how a rep puts it.
 */
says: Array<string>, };

export type Topic = "price" | "material" | "origin" | "care" | "warranty" | "returns" | "shipping" | "medical" | "fit" | "other";

export type ClaimKind = "fact" | "trap";

export type Claim = { 
/**
 * Identity within the product, or within the policies.
 */
id: string, 
/**
 * A short title: what a policy is about, or what a trap has a rep say. A product's facts have none.
 */
name: string, 
/**
 * What it is about.
 */
topic: Topic, 
/**
 * Right or wrong.
 */
kind: ClaimKind, 
/**
 * Patterns: how a rep puts it.
 */
says: Array<string>, 
/**
 * The true fact in a sentence.
 */
truth: string, };

export type ObjectionCategory = "price" | "quality" | "timing" | "competition" | "need" | "trust";

export type Objection = { 
/**
 * Identity within the product.
 */
id: string, 
/**
 * Its kind.
 */
category: ObjectionCategory, 
/**
 * Its name, in the customer's words.
 */
line: string, 
/**
 * Patterns: how a customer puts it.
 */
heard: Array<string>, 
/**
 * Patterns: what a rep says when answering it.
 */
answers: Array<string>, 
/**
 * Ids of features that answer it.
 */
features: Array<string>, 
/**
 * Good responses, a shape rather than a script.
 */
responses: Array<Response>, };

export type Response = { 
/**
 * A question about what is behind it.
 */
clarify: string, 
/**
 * Taking it seriously.
 */
acknowledge: string, 
/**
 * The answer.
 */
answer: string, 
/**
 * A question whether that settles it.
 */
check: string, };

export type Tip = { 
/**
 * The tip.
 */
text: string, };

export type Persona = "skeptical" | "price-conscious" | "rushed" | "knowledgeable" | "friendly";

export type Difficulty = "easy" | "medium" | "hard" | "expert";

export type Status = "IN_PROGRESS" | "COMPLETED" | "ABANDONED";

export type Outcome = "sale" | "no_sale" | "undecided";

export type Mode = "typing" | "voice";

export type Visibility = "practice" | "submitted";

export type Profile = { 
/**
 * Identity.
 */
id: UserId, 
/**
 * What the person is called.
 */
name: string, 
/**
 * When the profile was made.
 */
createdAt: Millis, };

export type Session = { 
/**
 * Identity, ordered by the time of the start.
 */
id: SessionId, 
/**
 * Whose attempt it is.
 */
userId: UserId, 
/**
 * What is sold.
 */
productId: string, 
/**
 * To whom.
 */
scenarioId: string, 
/**
 * The seed of the customer; with the same rep turns it makes the same customer.
 */
seed: number, 
/**
 * By typing or by voice.
 */
mode: Mode, 
/**
 * Private or submitted.
 */
visibility: Visibility, 
/**
 * Where it stands.
 */
status: Status, 
/**
 * True while the rep has stopped the clock.
 */
paused: boolean, 
/**
 * How it ended; set on completion.
 */
outcome: Outcome | null, 
/**
 * Overall score, 0-100; set on completion where the conversation was long enough to score.
 */
overallScore: number | null, 
/**
 * When it began.
 */
startedAt: Millis, 
/**
 * When it was completed or abandoned.
 */
endedAt: Millis | null, 
/**
 * Milliseconds of practice, pauses left out.
 */
activeMs: Millis, 
/**
 * How many turns were said.
 */
turns: number, 
/**
 * Revision of the catalogue that it was begun with; its report names the one that it was scored with.
 */
catalogRevision: number, 
/**
 * One way to win that was fixed before the start (ids of needs, objections and the ask, in order).
 */
winPath: Array<string>, };

export type Speaker = "rep" | "customer";

export type Turn = { 
/**
 * Position in the transcript, from 0.
 */
index: number, 
/**
 * Who said it.
 */
speaker: Speaker, 
/**
 * The words.
 */
text: string, 
/**
 * When it was finished, in milliseconds of practice since the start; shown, never scored.
 */
atMs: Millis, 
/**
 * Start of speech in milliseconds since the start, where it was timed.
 */
startedMs?: Millis | null, 
/**
 * End of speech in milliseconds since the start, where it was timed.
 */
endedMs?: Millis | null, 
/**
 * True where the other side cut in before it was finished.
 */
interrupted: boolean, };

export type Decision = "buy" | "walk_away" | "undecided";

export type Reason = "convinced" | "out_of_patience" | "lost_trust" | "doubt_left" | "too_expensive" | "never_asked" | "put_off" | "rep_left" | "out_of_time";

export type Signal = { "kind": "raise_objection", 
/**
 * Id of the objection.
 */
id: string, } | { "kind": "reveal_need", 
/**
 * Id of the need.
 */
id: string, } | { "kind": "trap", 
/**
 * Id of the claim.
 */
id: string, } | { "kind": "decide", 
/**
 * What.
 */
decision: Decision, 
/**
 * Why.
 */
reason: Reason, };

export type Mood = "guarded" | "doubtful" | "attentive" | "interested" | "ready" | "impatient" | "done";

export type CustomerState = { 
/**
 * Bearing.
 */
mood: Mood, 
/**
 * True once the customer has bought or left.
 */
ended: boolean, };

export type CueKind = "greeting" | "open_question" | "closed_question" | "discovery_question" | "reflection" | "empathy" | "rapport" | "feature" | "benefit" | "price_quote" | "claim" | "trial_close" | "ask_for_sale" | "discount_offer" | "filler" | "put_down" | "honest_unknown" | "check_back" | "farewell" | "question" | "need" | "objection" | "buying_signal" | "hesitation" | "acceptance" | "refusal";

export type Strength = "weak" | "plain" | "strong";

export type Verdict = "supported" | "contradicted" | "unsupported";

export type Span = { 
/**
 * First character.
 */
start: number, 
/**
 * After the last character.
 */
end: number, };

export type Cue = { 
/**
 * What kind.
 */
kind: CueKind, 
/**
 * Index of the turn.
 */
turn: number, 
/**
 * Where in the turn.
 */
span: Span, 
/**
 * The text at the span.
 */
quote: string, 
/**
 * Id of the rule that noticed it.
 */
rule: string, 
/**
 * What it is about; see [`CueKind`].
 */
subject?: string | null, 
/**
 * Id of the thing in the catalogue that it refers to; see [`CueKind`].
 */
refersTo?: string | null, 
/**
 * How sure and how strong.
 */
strength: Strength, 
/**
 * Set on claims.
 */
verdict?: Verdict | null, };

export type Skill = "productKnowledge" | "objectionHandling" | "closingTechnique" | "rapport";

export type Metrics = { 
/**
 * Weight 0.30.
 */
productKnowledge: number | null, 
/**
 * Weight 0.25.
 */
objectionHandling: number | null, 
/**
 * Weight 0.25.
 */
closingTechnique: number | null, 
/**
 * Weight 0.20.
 */
rapport: number | null, };

export type Message = { 
/**
 * Id, such as `point-fact-tied`.
 */
id: string, 
/**
 * Arguments by name; content of the catalogue or digits.
 */
args?: { [key in string]: string }, };

export type Quote = { 
/**
 * Index of the turn.
 */
turn: number, 
/**
 * Where in the turn.
 */
span: Span, 
/**
 * The words at the span.
 */
text: string, };

export type Point = { 
/**
 * Id of the rubric's rule.
 */
rule: string, 
/**
 * What it was for.
 */
label: Message, 
/**
 * Points: positive earned, negative missed or lost.
 */
value: number, 
/**
 * Where it happened, or the moment at which it was missed. Always there where the transcript has such a moment.
 */
quote: Quote | null, };

export type SkillScore = { 
/**
 * Which.
 */
skill: Skill, 
/**
 * Percent of the overall score.
 */
weight: number, 
/**
 * 0-100, `null` where it could not be observed.
 */
score: number | null, 
/**
 * Points earned, losses taken off as far as the rubric lets them.
 */
earned: number, 
/**
 * Points that could be earned in this conversation.
 */
available: number, 
/**
 * Why it could not be observed.
 */
notObserved: Message | null, 
/**
 * Every point won, then every point missed.
 */
points: Array<Point>, };

export type StepState = "done" | "missing" | "not_measurable";

export type StepKind = "pause" | "clarify" | "acknowledge" | "answer" | "check";

export type Step = { 
/**
 * Which.
 */
kind: StepKind, 
/**
 * How it went.
 */
state: StepState, 
/**
 * The words that did it.
 */
quote: Quote | null, 
/**
 * Length of the pause in milliseconds, where it was timed.
 */
pauseMs: number | null, };

export type ObjectionRow = { 
/**
 * Its kind.
 */
category: ObjectionCategory, 
/**
 * Id of the product's objection, where it is one.
 */
objection: string | null, 
/**
 * The customer's words.
 */
raised: Quote, 
/**
 * How often it was raised.
 */
times: number, 
/**
 * Pause, clarify, acknowledge, answer, check.
 */
steps: Array<Step>, 
/**
 * True where it was answered and the customer did not come back to it.
 */
resolved: boolean, };

export type ClaimRow = { 
/**
 * What it is about.
 */
topic: Topic, 
/**
 * Id of the claim, where the catalogue has one.
 */
claim: string | null, 
/**
 * The rep's words.
 */
said: Quote, 
/**
 * What the catalogue says of it.
 */
verdict: Verdict, 
/**
 * The true fact, where there is one.
 */
truth: string | null, };

export type NeedRow = { 
/**
 * Id in the scenario; without a scenario, of the cue.
 */
need: string, 
/**
 * Its name.
 */
label: string, 
/**
 * The rep's question that brought it out.
 */
asked: Quote | null, 
/**
 * Where the customer told it.
 */
told: Quote | null, 
/**
 * Where the rep gave it back.
 */
reflected: Quote | null, 
/**
 * Where the rep tied a feature to it.
 */
tied: Quote | null, };

export type CloseLedger = { 
/**
 * Benefits and facts that stood before the first ask.
 */
valueBeforeAsk: number, 
/**
 * Objections that were open when the rep first asked.
 */
openAtAsk: number, 
/**
 * First trial close.
 */
trial: Quote | null, 
/**
 * Every ask for the sale.
 */
asks: Array<Quote>, 
/**
 * The customer's answer that decided it.
 */
answer: Quote | null, 
/**
 * How it ended.
 */
outcome: Outcome, };

export type MeasureKind = "talkShare" | "longestTurn" | "openQuestions" | "closedQuestions" | "questionSpread" | "pace" | "paceJump" | "pauseAfterObjection" | "interruptions" | "fillers";

export type Measure = { 
/**
 * Which.
 */
kind: MeasureKind, 
/**
 * The value in tenths of the kind's unit.
 */
tenths: number | null, 
/**
 * The aim, in tenths of the unit: from, to.
 */
aim: [number, number] | null, 
/**
 * Why it is not measurable.
 */
notMeasurable: Message | null, };

export type CoachingPoint = { 
/**
 * Kind; never two of the same in a report.
 */
kind: string, 
/**
 * What to do, in an imperative.
 */
title: Message, 
/**
 * What was said, or the customer's line that was not taken up.
 */
quote: Quote | null, 
/**
 * What to say instead, built from this product's facts and this customer's need.
 */
better: string, 
/**
 * Why it cost.
 */
why: Message, 
/**
 * Points that it cost.
 */
cost: number, 
/**
 * The skill that it cost.
 */
skill: Skill, };

export type RubricStamp = { 
/**
 * Its version.
 */
version: string, 
/**
 * SHA-256 of its file, hexadecimal.
 */
hash: string, };

export type Report = { 
/**
 * The rubric.
 */
rubric: RubricStamp, 
/**
 * Revision of the catalogue; `null` where none was used.
 */
catalogRevision: number | null, 
/**
 * 0-100 over the observed weights; `null` where the conversation is too short.
 */
overallScore: number | null, 
/**
 * Percent of the weights that could be observed.
 */
observedWeight: number, 
/**
 * Why there is no overall score.
 */
notScored: Message | null, 
/**
 * The four scores.
 */
metrics: Metrics, 
/**
 * How it ended.
 */
outcome: Outcome, 
/**
 * What it comes to, in one or two sentences about the act.
 */
headline: Array<Message>, 
/**
 * The four skills with every point.
 */
skills: Array<SkillScore>, 
/**
 * At most three things to do differently, most worthwhile first; a host shows one to a novice.
 */
coaching: Array<CoachingPoint>, 
/**
 * Objections.
 */
objections: Array<ObjectionRow>, 
/**
 * Claims.
 */
claims: Array<ClaimRow>, 
/**
 * Needs.
 */
needs: Array<NeedRow>, 
/**
 * The close.
 */
close: CloseLedger, 
/**
 * Measures of the conversation.
 */
measures: Array<Measure>, 
/**
 * Everything that was noticed, by turn.
 */
cues: Array<Cue>, };

export type Direction = "improving" | "steady" | "declining" | "too_early";

export type Trend = { 
/**
 * Slope of the least-squares line, hundredths of a point a session.
 */
slopeHundredths: number, 
/**
 * In a word.
 */
direction: Direction, };

export type ScorePoint = { 
/**
 * Which.
 */
sessionId: SessionId, 
/**
 * When it ended.
 */
endedAt: Millis, 
/**
 * Overall score.
 */
score: number, };

export type SkillProgress = { 
/**
 * Which.
 */
skill: Skill, 
/**
 * Average over all sessions in which it was observed, rounded.
 */
average: number | null, 
/**
 * Average of the last thirty days less the average of the thirty days before, rounded.
 */
change: number | null, 
/**
 * Its last ten scores, oldest first.
 */
recent: Array<number>, };

export type Mastery = { 
/**
 * Which product.
 */
productId: string, 
/**
 * Average overall score of its scored sessions, rounded.
 */
average: number, 
/**
 * Best overall score.
 */
best: number, 
/**
 * Completed sessions.
 */
sessions: number, };

export type Badge = { 
/**
 * `dedicated`, `expert`, `consistent`, or one of the newer ones.
 */
id: string, 
/**
 * True once its rule holds.
 */
earned: boolean, 
/**
 * How much of it is done.
 */
have: number, 
/**
 * How much it takes.
 */
need: number, };

export type DayMark = { 
/**
 * Days since 1970-01-01 in the device's time zone.
 */
day: number, 
/**
 * True where a session was completed.
 */
practised: boolean, };

export type Progress = { 
/**
 * Completed sessions.
 */
totalSessions: number, 
/**
 * Completed sessions that were long enough to score.
 */
scoredSessions: number, 
/**
 * Average overall score, rounded.
 */
averageScore: number | null, 
/**
 * Best overall score.
 */
bestScore: number | null, 
/**
 * Completed of all that were started and are over, percent.
 */
completionRate: number | null, 
/**
 * Practice time of completed sessions, milliseconds.
 */
practiceMs: Millis, 
/**
 * The four skills.
 */
skills: Array<SkillProgress>, 
/**
 * Products practised, best known first.
 */
mastery: Array<Mastery>, 
/**
 * Over the last ten scores.
 */
trend: Trend, 
/**
 * Up to the last thirty scores, oldest first.
 */
scores: Array<ScorePoint>, 
/**
 * Days in a row with a completed session, up to today or yesterday.
 */
streak: number, 
/**
 * The longest such run.
 */
bestStreak: number, 
/**
 * The last seven days, today last.
 */
week: Array<DayMark>, 
/**
 * Badges, earned first.
 */
badges: Array<Badge>, };

export type ProductSummary = { 
/**
 * Identity.
 */
id: string, 
/**
 * The store's number.
 */
sku: string, 
/**
 * Name.
 */
name: string, 
/**
 * Category.
 */
category: Category, 
/**
 * Not in the store's list, for practice only.
 */
sample: boolean, 
/**
 * Drawing.
 */
art: string, 
/**
 * A few words.
 */
line: string, 
/**
 * Lowest price.
 */
priceFrom: Cents, 
/**
 * Highest price.
 */
priceTo: Cents, 
/**
 * The rep's best overall score.
 */
bestScore: number | null, 
/**
 * The rep's completed attempts.
 */
attempts: number, };

export type ScenarioSummary = { 
/**
 * Identity.
 */
id: string, 
/**
 * What is sold.
 */
productId: string, 
/**
 * How the customer behaves.
 */
persona: Persona, 
/**
 * How hard it is.
 */
difficulty: Difficulty, 
/**
 * Who it is.
 */
title: string, 
/**
 * What it will test.
 */
tests: string, 
/**
 * The rep's best overall score.
 */
bestScore: number | null, 
/**
 * The rep's completed attempts.
 */
attempts: number, };

export type ProductView = { 
/**
 * As in a list.
 */
summary: ProductSummary, 
/**
 * Two or three sentences.
 */
description: string, 
/**
 * Prices.
 */
tiers: Array<Tier>, 
/**
 * What it is and does.
 */
features: Array<Feature>, 
/**
 * Facts and traps of the product.
 */
claims: Array<Claim>, 
/**
 * Facts and traps of the store.
 */
policies: Array<Claim>, 
/**
 * What customers hold against it, with good responses.
 */
objections: Array<Objection>, 
/**
 * Training tips.
 */
tips: Array<Tip>, 
/**
 * Customers to practise with.
 */
scenarios: Array<ScenarioSummary>, };

export type Recommendation = { 
/**
 * With whom.
 */
scenario: ScenarioSummary, 
/**
 * What is sold.
 */
product: ProductSummary, 
/**
 * Why this one.
 */
reason: Message, };

export type Unfinished = { 
/**
 * The session; its clock is as of the last turn or pause.
 */
session: Session, 
/**
 * The scenario; `null` where the catalogue no longer has it: the attempt cannot go on and can only be left.
 */
scenario: ScenarioSummary | null, 
/**
 * What is sold; `null` where the catalogue no longer has it.
 */
product: ProductSummary | null, };

export type PracticeView = { 
/**
 * What to practise now.
 */
recommendation: Recommendation, 
/**
 * Attempts that were begun and not ended, newest first.
 */
unfinished: Array<Unfinished>, 
/**
 * Every product.
 */
products: Array<ProductSummary>, 
/**
 * Every scenario.
 */
scenarios: Array<ScenarioSummary>, };

export type CustomerCard = { 
/**
 * Who it is.
 */
title: string, 
/**
 * What the rep can see.
 */
seen: Array<string>, 
/**
 * Weak answers before the customer leaves.
 */
patience: number, };

export type Briefing = { 
/**
 * The scenario.
 */
scenario: ScenarioSummary, 
/**
 * What is sold.
 */
product: ProductSummary, 
/**
 * What the rep is there to do.
 */
goal: string, 
/**
 * Who it is with.
 */
customer: CustomerCard, 
/**
 * Facts to rely on: the price, then the most important ones.
 */
facts: Array<string>, 
/**
 * Weight of each skill, percent, in the order of [`Skill::ALL`].
 */
weights: Array<[Skill, number]>, 
/**
 * Version of the rubric.
 */
rubricVersion: string, };

export type SessionView = { 
/**
 * The session.
 */
session: Session, 
/**
 * The scenario.
 */
scenario: ScenarioSummary, 
/**
 * What is sold.
 */
product: ProductSummary, 
/**
 * What the rep is there to do.
 */
goal: string, 
/**
 * Facts to rely on.
 */
facts: Array<string>, 
/**
 * What was said.
 */
turns: Array<Turn>, 
/**
 * The customer.
 */
customer: CustomerState, 
/**
 * True while the clock of the practice runs: not in a pause, and by voice only while there is a line.
 */
running: boolean, };

export type Answered = { 
/**
 * The rep's turn.
 */
rep: Turn, 
/**
 * The customer's answer.
 */
customer: Turn, 
/**
 * What the customer did.
 */
signals: Array<Signal>, 
/**
 * How the customer stands.
 */
state: CustomerState, };

export type Hint = { 
/**
 * What to do next.
 */
text: Message, 
/**
 * A line that shows the shape of it, from the catalogue.
 */
example: string | null, };

export type Debrief = { 
/**
 * The session.
 */
session: Session, 
/**
 * The scenario; `null` where the catalogue no longer has it, so that it cannot be practised again.
 */
scenario: ScenarioSummary | null, 
/**
 * What was sold; `null` where the catalogue no longer has it.
 */
product: ProductSummary | null, 
/**
 * What was said.
 */
turns: Array<Turn>, 
/**
 * What it was worth; `null` for an attempt that was left.
 */
report: Report | null, 
/**
 * What the customer did, with the turn in which it did it.
 */
signals: Array<[number, Signal]>, 
/**
 * True for a rep with fewer than five completed sessions: shown one coaching point.
 */
novice: boolean, 
/**
 * How its calls went; `null` where nobody spoke.
 */
voice: VoiceRecord | null, 
/**
 * The scenario to practise next.
 */
next: Recommendation, };

export type Period = "week" | "month" | "quarter";

export type ScoreBand = "high" | "middle" | "low" | "unscored";

export type HistoryQuery = { 
/**
 * Words that were said, by either side.
 */
text?: string, 
/**
 * Product.
 */
productId?: string, 
/**
 * Scenario.
 */
scenarioId?: string, 
/**
 * Outcome.
 */
outcome?: Outcome, 
/**
 * Scores.
 */
score?: ScoreBand, 
/**
 * How far back.
 */
period?: Period, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows at most; 0 means 50.
 */
limit: number, };

export type Snippet = { 
/**
 * By whom.
 */
speaker: Speaker, 
/**
 * Index of the turn.
 */
turn: number, 
/**
 * The turn's text, shortened around the first hit.
 */
text: string, 
/**
 * Start and end of each hit.
 */
hits: Array<[number, number]>, };

export type HistoryRow = { 
/**
 * The attempt.
 */
session: Session, 
/**
 * Name of the product.
 */
productName: string, 
/**
 * How the customer behaved; `null` where the catalogue no longer has the scenario.
 */
persona: Persona | null, 
/**
 * How hard it was.
 */
difficulty: Difficulty | null, 
/**
 * Where the words were said.
 */
snippet: Snippet | null, };

export type HistoryPage = { 
/**
 * The rows.
 */
rows: Array<HistoryRow>, 
/**
 * How many match in all.
 */
matching: number, 
/**
 * How many attempts there are.
 */
total: number, };

export type Theme = "system" | "light" | "dark" | "contrast";

export type ProviderKind = "open_ai" | "compatible" | "hub";

export type OfferForm = "multipart" | "sdp" | "json" | "minted";

export type KeyForm = "bearer" | "api_key" | "none";

export type HangUpForm = "post" | "delete" | "none";

export type Compatible = { 
/**
 * Its address, up to and with `/v1`.
 */
baseUrl: string, 
/**
 * Its model; empty where it has one of its own.
 */
model: string, 
/**
 * Its voice; empty where it has one of its own.
 */
voice: string, 
/**
 * How the offer is posted.
 */
offer: OfferForm, 
/**
 * How it is told who asks.
 */
key: KeyForm, 
/**
 * How it is told that a call is over.
 */
hangUp: HangUpForm, };

export type HubSettings = { 
/**
 * Its address, such as `https://sell.pecosrivertraders.com`.
 */
address: string, };

export type Microphone = "headset" | "laptop";

export type VoiceSettings = { 
/**
 * Who answers.
 */
provider: ProviderKind, 
/**
 * The compatible server.
 */
compatible: Compatible, 
/**
 * The company's own server.
 */
hub: HubSettings, 
/**
 * Model of OpenAI.
 */
model: string | null, 
/**
 * Voice of the customer.
 */
voice: string | null, 
/**
 * The microphone's name; the system's own choice where `null` or not there.
 */
input: string | null, 
/**
 * The speaker's name.
 */
output: string | null, 
/**
 * Headset or laptop.
 */
microphone: Microphone, 
/**
 * Speaks only while a button is held.
 */
pushToTalk: boolean, 
/**
 * The practice partner's lines are spoken by the system's voice, where there is one.
 */
spokenPartner: boolean, 
/**
 * Records; `null` until the person was asked.
 */
recording: boolean | null, 
/**
 * Days that recordings are kept.
 */
recordingDays: number, 
/**
 * Shows latency and cost in a conversation.
 */
showFigures: boolean, 
/**
 * The longest call, in minutes.
 */
longestMinutes: number, 
/**
 * The most that a call may cost.
 */
mostCents: number, };

export type KeyPlace = "keyring" | "memory" | "environment";

export type KeyState = { "kind": "missing" } | { "kind": "not_needed" } | { "kind": "there", 
/**
 * Its last four characters.
 */
lastFour: string, 
/**
 * Where it is.
 */
place: KeyPlace, };

export type Retirement = { 
/**
 * The model.
 */
model: string, 
/**
 * The day, such as `2027-01-20`.
 */
on: string, 
/**
 * What takes its place.
 */
replacement: string | null, };

export type KeyTest = { 
/**
 * True where the service took the key.
 */
accepted: boolean, 
/**
 * True where it has the chosen model; `null` where it did not say.
 */
hasModel: boolean | null, 
/**
 * Why not, where it did not.
 */
refusal: Error | null, };

export type VoiceView = { 
/**
 * Who answers.
 */
provider: ProviderKind, 
/**
 * The service's host, such as `api.openai.com`; empty where none is set.
 */
host: string, 
/**
 * Its key.
 */
key: KeyState, 
/**
 * True where the host itself can carry a call, with the machine's own sound.
 */
native: boolean, 
/**
 * The model that is used.
 */
model: string, 
/**
 * The voice that is used.
 */
voice: string, 
/**
 * Models to choose from.
 */
models: Array<string>, 
/**
 * Voices to choose from.
 */
voices: Array<string>, 
/**
 * Whether the service has the model that is used, as it said when it was asked; `null` where it was not asked or did not say.
 */
hasModel: boolean | null, 
/**
 * Models in use that the service will end.
 */
retiring: Array<Retirement>, 
/**
 * What a session of usual length costs, from and to; `null` where no price is known.
 */
estimate: [Cents, Cents] | null, };

export type SoundDevices = { 
/**
 * Microphones.
 */
inputs: Array<string>, 
/**
 * Speakers.
 */
outputs: Array<string>, };

export type MicrophoneEvent = { "kind": "level", 
/**
 * Root mean square of the last moment, on a scale that fills a meter.
 */
level: number, 
/**
 * True where it is speech.
 */
speech: boolean, } | { "kind": "lost", 
/**
 * Why.
 */
error: Error, };

export type CallControl = { "kind": "mute", 
/**
 * Shut.
 */
on: boolean, } | { "kind": "press" } | { "kind": "release" } | { "kind": "quiet" } | { "kind": "repeat" } | { "kind": "pause" } | { "kind": "resume" } | { "kind": "hang_up" };

export type Link = "open" | "connected" | "disconnected" | "failed" | "microphone_lost";

export type CallStage = "idle" | "connecting" | "live" | "paused" | "reconnecting" | "ending" | "done";

export type CallEnd = "hung_up" | "customer_done" | "connection_lost" | "refused" | "session_expired" | "time_cap" | "cost_cap" | "nobody_spoke" | "microphone_lost" | "slept";

export type CallFigures = { 
/**
 * From the end of the rep's speech to the customer's first sound, the last answer, in milliseconds.
 */
latency: Millis | null, 
/**
 * The same, the middle of all answers.
 */
usualLatency: Millis | null, 
/**
 * What it cost so far, in thousandths of a cent; `null` where no price is known.
 */
costMillicents: number | null, };

export type CallEvent = { "kind": "stage", 
/**
 * Where.
 */
stage: CallStage, 
/**
 * Which try, while it is being made again; from 1.
 */
attempt: number, 
/**
 * Why it is over, once it is.
 */
end: CallEnd | null, 
/**
 * What was refused, where something was.
 */
error: Error | null, } | { "kind": "send", 
/**
 * The message.
 */
message: string, } | { "kind": "reconnect" } | { "kind": "close" } | { "kind": "speaking", 
/**
 * Who.
 */
speaker: Speaker | null, } | { "kind": "caption", 
/**
 * Whose.
 */
speaker: Speaker, 
/**
 * The words so far.
 */
text: string, } | { "kind": "turn", 
/**
 * The turn.
 */
turn: Turn, 
/**
 * What the customer did in it.
 */
signals: Array<Signal>, 
/**
 * How the customer stands.
 */
state: CustomerState, } | { "kind": "unclear" } | { "kind": "trouble", 
/**
 * What.
 */
code: Code, } | { "kind": "recovered", 
/**
 * What.
 */
code: Code, } | { "kind": "soon", 
/**
 * The reason.
 */
end: CallEnd, 
/**
 * When, from now; `null` where it is not a question of time.
 */
leftMs: Millis | null, } | { "kind": "levels", 
/**
 * The rep's microphone.
 */
rep: number, 
/**
 * The customer.
 */
customer: number, } | { "kind": "recording", 
/**
 * It is.
 */
on: boolean, } | { "kind": "figures", 
/**
 * So far.
 */
figures: CallFigures, };

export type CallOffer = { 
/**
 * The session description; `null` where the host carries the sound.
 */
sdp: string | null, };

export type CallAnswer = { 
/**
 * The answer to the webview's offer.
 */
sdp: string | null, };

export type Track = "rep" | "customer";

export type RecordedCall = { 
/**
 * Sides that are there.
 */
tracks: Array<Track>, 
/**
 * Media type of the files.
 */
mediaType: string, 
/**
 * Where in the practice they begin.
 */
beginsMs: Millis, };

export type RecordingView = { 
/**
 * The calls that have sound, in their order; one at least.
 */
calls: Array<RecordedCall>, 
/**
 * When it goes, UTC.
 */
goesAt: Millis, };

export type VoiceRecord = { 
/**
 * Answers of the customer that were timed, from the end of the rep's speech to the first sound.
 */
answers: number, 
/**
 * The middle of them, in milliseconds.
 */
usualLatency: Millis | null, 
/**
 * The slowest of them, in milliseconds.
 */
slowestLatency: Millis | null, 
/**
 * Times that the customer fell out of its role and was put back.
 */
roleSlips: number, 
/**
 * Model of the last call.
 */
model: string, 
/**
 * What the calls cost, in thousandths of a cent; `null` where no price is known.
 */
costMillicents: number | null, 
/**
 * The recording, while there is one.
 */
recording: RecordingView | null, };

export type Settings = { 
/**
 * Appearance.
 */
theme: Theme, 
/**
 * Motion off, even where the system allows it.
 */
reducedMotion: boolean, 
/**
 * Single-letter shortcuts in a conversation.
 */
letterKeys: boolean, 
/**
 * Talking by voice.
 */
voice: VoiceSettings, };

export type Notice = { "kind": "repaired", 
/**
 * Sessions that are there again.
 */
kept: number, 
/**
 * Sessions that are known to be missing.
 */
missing: number, 
/**
 * Where the damaged file was set aside.
 */
setAside: string, } | { "kind": "unknown_setting", 
/**
 * Its name.
 */
key: string, } | { "kind": "config_unreadable", 
/**
 * Where it is.
 */
path: string, };

export type Boot = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * Where the data is.
 */
dataDir: string, 
/**
 * Revision of the catalogue.
 */
catalogRevision: number, 
/**
 * Who practises; `null` before the first profile is made.
 */
profile: Profile | null, 
/**
 * Everybody who practises on this device.
 */
profiles: Array<Profile>, 
/**
 * What that person has chosen.
 */
settings: Settings, 
/**
 * What the user is told once.
 */
notices: Array<Notice>, };

export type Exported = { 
/**
 * The file.
 */
path: string, 
/**
 * Sessions in it.
 */
sessions: number, };

export type Deleted = { 
/**
 * Sessions that are gone.
 */
sessions: number, 
/**
 * True where something held up the removal of the last traces, such as another program that reads the data file or a full disk. Nobody can see
 * them in the program any more; they go at the next start.
 */
tracesLeft: boolean, };
