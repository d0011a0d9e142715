//! Who answers a call: a service, and how it wants to be asked.
