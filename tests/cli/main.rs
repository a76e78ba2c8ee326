//! The command line, as a person and a script see it: real archives, real git, real processes.
//! One binary, since linking is slow; one file per subject.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "the fences hold the program; a test plays the people around it"
)]

/// Leaves a test out where there is no `git` program to look over our shoulder, and says so.
macro_rules! wants_git {
    () => {
        if !crate::desk::has_git() {
            println!("left out: there is no git program");
            return;
        }
    };
}

mod backup;
mod boundaries;
mod by_hand;
mod check;
mod countries;
mod cron;
mod desk;
mod dice;
mod doctor;
mod dup;
mod export;
mod first_steps;
mod hands;
mod harmless;
mod history;
mod house;
mod imports;
mod index;
mod interrupted;
mod json;
mod kills;
mod lossless;
mod mails;
mod many;
mod marks;
mod merges;
mod numbers;
mod papers;
mod past;
mod remind;
mod round_trip;
mod scripts;
mod search;
mod signing;
mod sql;
mod standing;
mod states;
mod story;
mod sync;
mod takes_in;
mod team;
mod told;
mod undo;
mod where_and_views;
mod words;
mod year;
