//! The layout as Mermaid text, for wikis and tools that draw by themselves.

use std::fmt::{self, Write};

use super::{Graph, LinkKind};
use crate::scenario::clean;
use crate::speech;

/// Letters of a label; Mermaid does not break lines.
const LABEL_MAX: usize = 48;

/// Writes the graph as a Mermaid flowchart: lanes as subgraphs, conditions as link texts.
///
/// # Errors
/// When the writer fails.
pub fn graph_mermaid(graph: &Graph, out: &mut impl fmt::Write) -> fmt::Result {
    let mut text = String::from("flowchart LR\n");
    let mut lane = "";
    for (number, row) in graph.rows.iter().enumerate() {
        if row.lane != lane {
            if !lane.is_empty() {
                text.push_str("  end\n");
            }
            lane = row.lane;
            let id = lane.replace(' ', "-");
            let _ = writeln!(text, "  subgraph lane-{id}[\"{}\"]", label_of(&speech::label(lane)));
        }
        let mut label = format!("{} · {}", row.span.0, row.name);
        if let Some(reached) = row.reached {
            let _ = write!(label, " · {} %", reached / 10);
        }
        let _ = writeln!(text, "    n{number}[\"{}\"]", label_of(&label));
    }
    if !lane.is_empty() {
        text.push_str("  end\n");
    }
    for link in &graph.links {
        let arrow = match link.kind {
            LinkKind::Brings if link.reached.is_some_and(|share| share >= 500) => "==>",
            LinkKind::Brings => "-->",
            LinkKind::Allows => "-.->",
            LinkKind::Stops => "--x",
        };
        let by = label_of(&link.by);
        let by = if by.is_empty() { by } else { format!("|\"{by}\"|") };
        let _ = writeln!(text, "  n{} {arrow}{by} n{}", link.from, link.to);
    }
    out.write_str(&text)
}

/// A text that Mermaid takes as it is.
fn label_of(text: &str) -> String {
    let text: String = clean(text).chars().map(|c| if "\"#<>|;`\n".contains(c) { ' ' } else { c }).collect();
    let mut kept: String = text.chars().take(LABEL_MAX).collect();
    if kept.len() < text.len() {
        kept.push('…');
    }
    kept
}
