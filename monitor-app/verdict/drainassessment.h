// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <optional>

namespace qproxysql {

/// How far a drain has come.
enum class DrainState {
    InService,  ///< nobody wants it drained
    Requested,  ///< not all applications know yet
    Draining,   ///< sessions are leaving
    Stalled,    ///< sessions are left and none leaves: DrainAssessment::obstacles tells why
    Empty,      ///< no session is left; not yet sure
    SafeToStop, ///< all checks
    Stopped     ///< and it does not answer any more
};

/// One thing that was looked at.
struct DrainCheck
{
    enum class State { Pass, Fail, NotChecked };

    QString name; ///< one of: applications, sessions, server, quiet, silent, others
    State state = State::NotChecked;
    QString text; ///< with the numbers, for people

    friend bool operator==(const DrainCheck &, const DrainCheck &) = default;
};

/// What is to be said of a drain at one moment. Value type.
struct DrainAssessment
{
    DrainState state = DrainState::InService;
    QList<DrainCheck> checks; ///< empty while in service
    int left = 0;             ///< sessions on the peer
    int peak = 0;             ///< most of them since the drain was asked for; 0: none, or not known
    std::optional<double> timeLeft; ///< seconds; after three falling samples
    QStringList obstacles;          ///< who keeps sessions there and why, a sentence each

    bool isSafe() const { return state == DrainState::SafeToStop || state == DrainState::Stopped; }
};

/// As in JSON: "inService", "safeToStop", "notChecked".
QString wordOf(DrainState state);
QString wordOf(DrainCheck::State state);

} // namespace qproxysql
