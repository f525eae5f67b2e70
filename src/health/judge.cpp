// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/judge.h"

namespace qproxysql {
namespace {

/// The recheck that continues the probes of a state which only a probe or an open can end.
Recheck recheckThatKeeps(Health health)
{
    switch (health) {
    case Health::Unknown:
    case Health::Up:
        return Recheck::Never;
    case Health::Overloaded:
        return Recheck::Pause;
    case Health::NotReady:
        return Recheck::Soon;
    case Health::Blocked:
        return Recheck::Long;
    case Health::Suspect:
    case Health::Down:
    case Health::Misconfigured:
        break;
    }
    return Recheck::Steady;
}

Judgement unchanged(Health current, AfterConnectFailure action = AfterConnectFailure::NextPeer)
{
    return {current, recheckThatKeeps(current), action};
}

/// The peer is alive but refused this login. The next open shows whether it serves others.
Judgement alive(Health current, AfterConnectFailure action)
{
    return {current == Health::Up ? Health::Up : Health::Unknown, Recheck::Never, action};
}

Judgement judgeGoodConnect(const Observation &seen)
{
    // A peer that is read-only while equivalent peers are not is in a failover or under
    // maintenance. If it is the only one left it may still serve reads.
    if (seen.refusesWrites)
        return {seen.othersServe ? Health::NotReady : Health::Up, Recheck::Soon};
    return {Health::Up, Recheck::Never};
}

Judgement judgeFailedConnect(Health current, const Observation &seen)
{
    using enum AfterConnectFailure;
    switch (seen.errorClass) {
    case ErrorClass::Down:
    case ErrorClass::AnswerLost:
    case ErrorClass::NotSent:
    case ErrorClass::ShuttingDown:
    case ErrorClass::Killed:
        // A server with a full thread pool accepts no new sessions but serves the existing ones.
        if (seen.timedOut && seen.answeredMeanwhile)
            return {Health::Suspect, Recheck::BackOff, NextPeer};
        return {Health::Down, Recheck::BackOff, NextPeer};
    case ErrorClass::NameResolution:
        return {Health::Down, Recheck::BackOff, NextPeer};
    case ErrorClass::NotReady:
    case ErrorClass::RefusedNotReady:
    case ErrorClass::ReadOnly:
    case ErrorClass::BackendLost:
        return {Health::NotReady, Recheck::Soon, NextPeer};
    case ErrorClass::Overload:
        return {Health::Overloaded, Recheck::Pause, NextPeer};
    case ErrorClass::Blocked:
        return {Health::Blocked, Recheck::Long, NextPeer};
    case ErrorClass::TlsCertificate:
        return {Health::Misconfigured, Recheck::Steady, NextPeer};
    case ErrorClass::Soft:
    case ErrorClass::IdleTimeout:
    case ErrorClass::DiskFull:
        return {Health::Suspect, Recheck::BackOff, NextPeer};
    case ErrorClass::Login:
    case ErrorClass::Configuration:
        return alive(current, OnePeerMore);
    case ErrorClass::Conflict:
    case ErrorClass::SessionTied:
    case ErrorClass::StatementsOwn:
        return alive(current, Stop);
    case ErrorClass::Local:
    case ErrorClass::None:
        break;
    }
    return unchanged(current, Stop);
}

/// A loss never improves the health of a peer.
Judgement suspect(Health current)
{
    switch (current) {
    case Health::Unknown:
    case Health::Up:
    case Health::Overloaded:
    case Health::Suspect:
        return {Health::Suspect, Recheck::Now};
    default:
        return unchanged(current);
    }
}

Judgement judgeStatement(Health current, const Observation &seen)
{
    switch (seen.errorClass) {
    case ErrorClass::NotSent:
    case ErrorClass::AnswerLost:
        return suspect(current);
    case ErrorClass::ShuttingDown:
        return {Health::Down, Recheck::BackOff};
    case ErrorClass::RefusedNotReady:
        return {Health::NotReady, Recheck::Soon};
    case ErrorClass::BackendLost:
        if (seen.isRepeated)
            return suspect(current);
        [[fallthrough]];
    case ErrorClass::Killed:
        // Most likely someone used KILL. The peer stays in use unless the probe fails.
        return current == Health::Up ? Judgement{Health::Up, Recheck::Now} : unchanged(current);
    case ErrorClass::ReadOnly:
        return judgeGoodConnect({.refusesWrites = true, .othersServe = seen.othersServe});
    default:
        return unchanged(current);
    }
}

} // namespace

Judgement judge(Health current, const Observation &seen)
{
    if (seen.stage == Stage::Statement)
        return judgeStatement(current, seen);
    if (seen.errorClass == ErrorClass::None && !seen.timedOut)
        return judgeGoodConnect(seen);
    return judgeFailedConnect(current, seen);
}

} // namespace qproxysql
