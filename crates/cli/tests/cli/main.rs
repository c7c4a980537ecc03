//! The command as a user runs it: exit codes, standard output, standard error.

mod command;
mod compile;
mod doctor;
mod go_setup;
mod inspect;
mod plugins;
mod programs;
mod search_order;
mod usage;
