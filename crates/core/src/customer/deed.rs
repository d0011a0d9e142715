//! What a rep does in a turn, as a customer takes it.

/// One thing that is done by saying something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Asks.
    Ask,
    /// Asks for more than yes or no.
    OpenQuestion,
    /// Asks about the customer's situation.
    Discovery,
    /// Ends in "right?": wants a nod.
    Tag,
    /// Asks whether that settles it.
    CheckBack,
    /// Asks how far the customer is.
    TrialClose,
    /// Greets.
    Greeting,
    /// Small talk, a name, thanks.
    Rapport,
    /// Gives back what was said.
    Reflection,
    /// Takes a feeling or a doubt seriously.
    Empathy,
    /// Belittles.
    PutDown,
    /// Belittles unmistakably.
    Insult,
    /// Names a price.
    Price,
    /// Names a price that is not one of this product's.
    WrongPrice,
    /// Says what the money is for, whatever the product.
    Worth,
    /// Offers to take less.
    Discount,
    /// Hurries: the last one, today only.
    Pressure,
    /// States something that nothing backs.
    Unsupported,
    /// Admits not to know.
    HonestUnknown,
    /// Begins by admitting what is not so.
    Admit,
    /// Says that something false to claim is not so.
    Deny,
    /// Takes back something that was said.
    TakeBack,
    /// Begins with a yes.
    Yes,
    /// Begins with a no.
    No,
    /// Takes leave.
    Farewell,
    /// Takes leave and asks nothing more.
    Leave,
    /// Keeps the talk going and says nothing else.
    Passive,
    /// Is talk, whether or not anything was noticed in it.
    Talk,
    /// Is far too long for this customer.
    Monologue,
    /// Talks to a machine or a judge, or asks the customer to be somebody else.
    RoleBreak,
    /// Is in a language that the customer does not speak.
    Foreign,
}

/// The deeds of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Deeds(u32);

impl Deeds {
    /// Adds a deed.
    pub(super) fn add(&mut self, deed: Deed) {
        self.0 |= Self::bit(deed);
    }

    /// Adds a deed where it was done.
    pub(super) fn add_if(&mut self, done: bool, deed: Deed) {
        if done {
            self.add(deed);
        }
    }

    /// Takes a deed out.
    pub(super) fn remove(&mut self, deed: Deed) {
        self.0 &= !Self::bit(deed);
    }

    /// True where it was done.
    pub(super) fn has(self, deed: Deed) -> bool {
        self.0 & Self::bit(deed) != 0
    }

    fn bit(deed: Deed) -> u32 {
        1 << deed as u32
    }
}
