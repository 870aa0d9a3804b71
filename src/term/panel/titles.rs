//! What stands above an overlay, and the keys that it takes.

use tr::tr;

use super::draw::Keys;
use super::overlay::Overlay;
use crate::speech::{label, noted};
use crate::term::style::{Line, strong};
use crate::term::table::FOR_GOOD;
use crate::term::wrap::flow;

/// The title of `overlay` and its keys; the title of a text that is read stands in the text.
pub(super) fn overlay_title(overlay: &Overlay, asked: bool, paused: bool, width: usize) -> (Vec<Line>, Keys) {
    let back = match asked && !paused {
        true => tr!("key" => "back to the question"),
        false => tr!("key" => "back"),
    };
    let clock = if paused { tr!("key" => "let the clock go on") } else { tr!("key" => "pause") };
    let (title, keys) = match overlay {
        Overlay::Shelf(..) => (shelf(paused), list(tr!("key" => "look"), clock, back)),
        // While the clock stands, all that can be done here is to read what was done.
        Overlay::Deeds(..) if paused => (deeds(paused), list(tr!("key" => "look"), clock, back)),
        Overlay::Deeds(..) => (deeds(paused), list(tr!("key" => "do it"), clock, back)),
        Overlay::Reader(..) => {
            return (Vec::new(), vec![(noted!("arrows, space"), tr!("key" => "scroll")), ("Esc", back)]);
        }
        Overlay::Note(_) => (
            tr!("A line for your incident log:"),
            vec![("Enter", tr!("key" => "write it down")), ("Esc", back)],
        ),
        Overlay::Hint(_, price) => {
            let says = if *price == 0 {
                tr!("A hint here costs nothing. Take it?")
            } else {
                tr!("A hint costs {price} % of what this question can earn. Take it?", price)
            };
            return (
                flow(&[strong(&says)], width),
                vec![(noted!("Enter or y"), tr!("key" => "take the hint")), ("Esc", back)],
            );
        }
        Overlay::RunOut(loss) => {
            let keys = vec![(noted!("Enter or y"), loss.agreed()), ("Esc", back)];
            return (flow(&[strong(&loss.asks())], width), keys);
        }
        Overlay::Leave { stood } => {
            let says = tr!("The clock stands still, and everything so far is saved. What now?");
            let keys = vec![
                ("r", if *stood { tr!("key" => "back") } else { tr!("key" => "go on") }),
                ("s", tr!("key" => "save and quit")),
                ("e", tr!("key" => "end it for good")),
                (noted!("Ctrl-C"), tr!("key" => "quit at once")),
            ];
            return (flow(&[strong(&says)], width), keys);
        }
        Overlay::End { .. } => {
            return (
                flow(&[strong(&label(FOR_GOOD))], width),
                vec![(noted!("y"), tr!("key" => "end it")), ("Esc", tr!("key" => "back"))],
            );
        }
    };
    (flow(&[strong(&title)], width), keys)
}

fn shelf(paused: bool) -> String {
    match paused {
        true => tr!("What has been looked at, and what has arrived, can be read"),
        false => tr!("Evidence, and what has arrived"),
    }
}

fn deeds(paused: bool) -> String {
    match paused {
        true => tr!("What was done can be read; nothing can be begun"),
        false => tr!("What do you do?"),
    }
}

fn list(take: String, clock: String, back: String) -> Keys {
    vec![(noted!("1-9 or arrows"), tr!("key" => "choose")), ("Enter", take), ("p", clock), ("Esc", back)]
}
