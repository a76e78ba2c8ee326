//! Reading cards on other threads, while this one works on what was read.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Threads that read cards, beside the one that takes them.
const READERS: usize = 2;
/// Cards that one thread reads before it hands them over.
const SHARE: usize = 32;
/// Shares that are read ahead of the taking.
const AHEAD: usize = 8;

/// Reads on other threads, and hands each over on this one. `desk` gives a thread what it reads with.
pub(super) fn read_ahead<W: Copy + Send + Sync, R, C: Send, E>(
    to_read: &[W],
    desk: impl Fn() -> R + Sync,
    read: impl Fn(&R, &W) -> C + Sync,
    mut take: impl FnMut(W, C) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let shares: Vec<&[W]> = to_read.chunks(SHARE).collect();
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    let read_some = |sender: mpsc::SyncSender<Vec<_>>| {
        let desk = desk();
        while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
            let read = |work: &W| (*work, read(&desk, work));
            if sender.send(share.iter().map(read).collect()).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let read_some = &read_some;
        for _ in 0..READERS.min(shares.len()) {
            let sender = sender.clone();
            scope.spawn(move || read_some(sender));
        }
        drop(sender);
        receiver.into_iter().flatten().try_for_each(|(work, card)| take(work, card))
    })
}
