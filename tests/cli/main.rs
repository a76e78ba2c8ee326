//! The command line, as a person and a script see it: real archives, real git, real processes.
//! One binary, since linking is slow; one file per subject.

mod desk;
mod first_steps;
