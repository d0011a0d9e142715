# Talking by voice: the briefing's device check, the call, its settings, and what the debrief says of it.

# Briefing: how you talk
briefing-how = How you talk
briefing-how-voice = By voice
briefing-how-typing = By typing
device-check = Device check
device-microphone = Microphone
device-try = Try the microphone
device-trying = Opening the microphone…
device-listening = Say a sentence
device-heard = Microphone hears you
device-silent = Nothing heard yet. Say a sentence, or choose another microphone.
device-note = The bar fills while you speak.
device-again = Try again
device-choose = Microphone
device-system = The system’s choice
device-service = { $state ->
    [ready] { $host } is ready
    [refused] { $host } would not take a call
    [no-model] { $host } lacks the chosen model
    [silent] { $host } answers
   *[asking] Asking { $host }…
 }
device-service-no-model = Choose another one in Settings under Voice. Typing works without.
device-service-silent = It lists no models, so that only a call shows whether it is ready.
device-service-open = No key is needed.
device-service-key = { $of ->
    [hub] Token
   *[other] Key
 } ending { $last }, kept in { $place ->
    [keyring] the system’s keyring.
    [memory] memory until the program ends.
   *[environment] the program’s environment.
 }
device-key-missing = { $of ->
    [hub] No access token yet
   *[other] No key yet
 }
device-key-missing-note = { $of ->
    [hub] Voice needs your access token of the hub.
   *[other] Voice needs a key of the service.
 } It is kept in the system’s keyring and never shown again.
device-host-missing = No service is set
device-host-missing-note = The address of the server is missing.
device-model-gone = { $model } is gone
device-model-gone-note = The service no longer has this model. Choose another and talk.
device-none = No voice on this machine
device-none-note = This window cannot carry sound, and neither can the program. Typing works the same.
device-set-up = Set up voice
device-offline = No network
device-offline-note = Voice needs one. Typing works without.
device-cost = Estimated cost of a talk: { $from } to { $to }.
device-headset = Headset
device-headset-note = Close to your mouth: the customer is not heard twice.
device-laptop = Laptop sound
device-laptop-note = The customer may hear itself. A headset, or holding a key to talk, helps.
device-headset-use = Use a headset
device-laptop-use = Use the laptop
record-ask = Record your talks?
record-ask-note = Both voices, to listen to in the debrief. They stay on this laptop for { $days ->
    [one] one day
   *[other] { $days } days
 }.
record-yes = Record
record-no = Don’t record
record-off = Sound is not recorded. The words are saved as you go.
record-on = Both voices are recorded and stay on this laptop for { $days ->
    [one] one day
   *[other] { $days } days
 }.

# Conversation by voice
call-begin = Start talking
call-carry-on = Carry on talking
call-again = Talk again
call-carry-on-note = Everything said so far is kept. The customer waits for you.
call-connecting = Calling the customer…
call-connecting-note = A moment, until the line is open.
call-reconnecting = The line dropped. Calling again…
call-reconnecting-note = Try { $n } of 3. Everything said so far is saved.
call-ending = Writing down the last words…
call-ending-note = A moment, so that nothing is lost.
call-speaking-customer = The customer is speaking
call-speaking-rep = You are speaking
call-listening = Your turn
call-listening-held = Hold the button and talk
call-cut-in-note = You can cut in at any time.
call-muted = Your microphone is off
call-muted-note = The customer cannot hear you.
call-unclear = That could not be made out. Say it again.
call-trouble =
    { $code ->
        [transcription_changed] The service writes your words down with another recognizer than the one that was asked for. The talk goes on.
        [transcription_failed] The service does not write your words down. The talk goes on without them; carry on by typing where they are to count.
        [no_microphone] The microphone is gone. Another is looked for; the talk goes on.
        [no_speaker] The speaker is gone. Another is looked for; the talk goes on.
        [disk_full] The disk is full. What you say now is kept in memory until there is room.
        [read_only] The data folder cannot be written. What you say now is kept in memory until it can.
        [database_busy] Another program holds the data file. What you say now is kept in memory until it lets go.
       *[other] Something does not work as it should ({ $code }). The talk goes on.
    }
call-soon = { $end ->
    [time_cap] This talk has nearly reached the longest call.
    [cost_cap] This talk has nearly cost the most it may.
    [session_expired] The service is about to end this voice session.
    [nobody_spoke] Nobody has spoken for a while.
   *[other] The line is about to be closed.
 } { $seconds ->
    [0] { $minutes ->
        [0] Then you can go on by typing.
       *[other] It ends in { $minutes } minutes; then you can go on by typing.
    }
    [one] It ends in one second; then you can go on by typing.
   *[other] It ends in { $seconds } seconds; then you can go on by typing.
 }
call-line-live = Connected
call-line-connecting = Connecting…
call-line-reconnecting = No line
call-line-off = No voice line
call-recording = Recording
call-recording-stopped = The sound is no longer recorded: it could not be written. What was recorded until then is kept; the talk goes on.
call-hold = Hold to talk
call-held = Listening…
call-just-talk = Just talk
call-just-talk-off = Microphone off
call-cut-in = Cut in
call-mute = Mute
call-unmute = Unmute
call-type = Type instead
call-meter = Your microphone
call-controls = Controls of the call
call-figures = Latency and cost
call-figures-show = Show latency and cost
call-latency = { $s } s to answer
call-cost = this call about { $cost }
call-cut = cut off
call-now = now
call-end-refused = The service did not take the call
call-end-connection_lost = { $begun ->
    [yes] The voice line dropped. Type to carry on.
   *[no] The voice line could not be opened. You can type.
 }
call-end-session_expired = The service ended this voice session
call-end-time_cap = This talk reached the longest call
call-end-cost_cap = This talk reached the most it may cost
call-end-nobody_spoke = Nobody spoke for a while, so the line was closed
call-end-microphone_lost = { $begun ->
    [yes] The microphone is gone
   *[no] The microphone could not be opened
 }
call-end-slept = The laptop slept, so the line was closed
call-end-hung_up = The voice line is closed
call-end-customer_done = The talk is over
call-end-text = { $turns ->
    [0] You can talk with the same customer by typing.
    [one] What was said is kept on this laptop. The customer goes on from the same moment when you type, and your attempt still counts.
   *[other] All { $turns } turns are kept on this laptop. The customer goes on from the same moment when you type, and your attempt still counts.
 }
call-end-cap-text = It was set in Settings, so that no call runs on unnoticed.
call-end-retry = Try the voice line again
call-end-later = Leave it here and come back later
call-end-score = End and score what I have
call-end-settings = Voice settings
call-placeholder = Answer the customer by typing
keys-talk = By voice: hold to talk, or cut in
keys-mute = By voice: microphone off and on

# Settings: voice
voice = Voice
voice-note = Talk with the customer out loud. What is said in a talk goes to the service you choose, with what you typed in it before; everything else stays here.
voice-service = Service
voice-provider-open_ai = OpenAI
voice-provider-compatible = Compatible server
voice-provider-hub = Company hub
voice-base-url = Address
voice-base-url-note = Up to and with /v1
voice-hub-note = As in a browser
voice-hub-chosen = Chosen by the hub
voice-hub-limited = Limited by the hub
voice-model = Model
voice-voice = The customer’s voice
voice-own = its own
voice-offer = How it is called
voice-offer-multipart = Offer and session together
voice-offer-sdp = Offer alone
voice-offer-json = As JSON
voice-offer-minted = With a minted secret
voice-key-form = How it takes the key
voice-key-form-bearer = Authorization: Bearer
voice-key-form-api_key = api-key
voice-key-form-none = No key
voice-hang-up = How it is hung up
voice-hang-up-post = POST …/hangup
voice-hang-up-delete = DELETE
voice-hang-up-none = Closing the line
voice-save = Save
voice-saved = Saved.
voice-key = { $of ->
    [hub] Access token
   *[other] Key
 }
voice-key-new = { $of ->
    [hub] Your access token
   *[other] Key of the service
 }
voice-key-save = { $of ->
    [hub] Save the token
   *[other] Save the key
 }
voice-key-replace = { $of ->
    [hub] Save another token
   *[other] Save another key
 }
voice-key-there = { $of ->
    [hub] A token
   *[other] A key
 } ending { $last } is kept in { $place ->
    [keyring] the system’s keyring.
    [memory] memory until the program ends: no keyring answered.
   *[environment] the environment of the program, for development.
 }
voice-key-missing = None is kept yet.
voice-key-hub-note = You make it on the hub’s page: open the address above in a browser. It is kept like a password, and no key of a voice service is needed on this laptop.
voice-key-note = It goes straight to the system’s keyring, is never shown again and never leaves this laptop but to the service.
voice-key-not-needed = This service needs none.
voice-key-test = Test it
voice-key-testing = Asking the service…
voice-key-good = { $of ->
    [hub] The hub takes the token
   *[other] The service takes the key
 }{ $model ->
    [yes] {" "}and has the model.
    [no] , but it does not have the chosen model.
   *[unknown] .
 }
voice-key-remove = Remove it
voice-key-removed = { $of ->
    [hub] The token is removed.
   *[other] The key is removed.
 }
voice-key-looking = Looking in the system’s keyring…
voice-usual = { $name ->
    [none] As delivered
   *[other] As delivered ({ $name })
 }
voice-model-asking = Asking the service whether it has it…
voice-model-known = The service could not be asked yet.
voice-model-there = { $host } has it.
voice-model-gone = The service no longer has { $model }.
voice-retiring = { $model } ends on { $on }.
voice-retiring-choose = Choose { $replacement }
voice-input = Microphone
voice-output = Speaker
voice-kind = How you listen
voice-kind-headset = Headset
voice-kind-laptop = Laptop
voice-kind-note = It decides how noise is taken out.
voice-push = Hold to talk
voice-push-note = The microphone is open only while you hold the button or the space bar. Good in a noisy room.
voice-partner = Read typed customers aloud
voice-partner-note = When you type, the customer’s lines are spoken by the system’s voice.
voice-partner-none = This window has no voice of its own, so the customer’s lines are shown only.
voice-recording = Record talks by voice
voice-recording-note = Both voices, on this laptop only, to listen to in the debrief. While it runs the conversation says so.
voice-recording-none = This window cannot record.
voice-days = Keep recordings for
voice-days-of = { $n ->
    [one] one day
   *[other] { $n } days
 }
voice-figures = Show latency and cost
voice-figures-note = In the conversation, while you talk by voice.
voice-longest = Longest call
voice-longest-of = { $n } minutes
voice-most = Most a call may cost
voice-most-note = Reckoned from prices known here. Where none is known, as on a server of your own, only the time ends a call.
voice-most-hub-note = No prices are known here. The hub says when its minutes or its money are used up.
voice-refused = Voice settings could not be read

# Debrief
debrief-spoken = By voice
line-title = How the line was
line-note = The service’s side. It never enters the score.
line-cost-note = The cost is reckoned from prices known here; the service’s bill decides.
line-usual = Usual wait for an answer
line-slowest = Longest wait
line-answers = Answers timed
line-cost = What the calls cost
line-cost-about = about { $cost }
line-cost-unknown = not known
line-slips = Times the customer left its role
line-model = Model
line-seconds = { $s } s
line-none = none timed
listen-title = Recording
listen-play = Play
listen-pause = Pause
listen-seek = Where in the recording
listen-from = Play from { $clock }
listen-of = { $at } of { $end }
listen-goes = On this laptop until { $day }
listen-delete = Delete
listen-delete-title = Delete this recording?
listen-delete-text = The sound of both sides is deleted. The words, the score and the points stay. It cannot be undone.
listen-delete-go = Delete the recording
listen-deleted = The recording is deleted. The words are kept.
listen-cut = cut off
