//! A call with this machine's own microphone and speaker.
