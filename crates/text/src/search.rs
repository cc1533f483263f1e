//! What a search finds in a text: words of any script, and whether terms stand among them. The replica's index holds these words, and the
//! server looks for them in the same way.

pub mod term;
pub mod words;
