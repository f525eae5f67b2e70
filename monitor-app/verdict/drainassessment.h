// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/enumname.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace qproxysql {

/// One thing that was looked at.
struct DrainCheck
{
    Q_GADGET

public:
    enum class State { Pass, Fail, NotChecked };
    Q_ENUM(State)

    QString name; ///< one of: applications, sessions, server, quiet, silent, others
    State state = State::NotChecked;
    QString text; ///< with the numbers, for people

    friend bool operator==(const DrainCheck &, const DrainCheck &) = default;
};

/// What is to be said of a drain at one moment. Value type.
struct DrainAssessment
{
    Q_GADGET

public:
    /// How far the drain has come.
    enum class State {
        InService,  ///< nobody wants it drained
        Requested,  ///< not all applications know yet
        Draining,   ///< sessions are leaving
        Stalled,    ///< sessions are left and none leaves: \c obstacles tells why
        Empty,      ///< no session is left; not yet sure
        SafeToStop, ///< all checks
        Stopped     ///< and it does not answer any more
    };
    Q_ENUM(State)

    State state = State::InService;
    QList<DrainCheck> checks; ///< empty while in service
    int left = 0;             ///< sessions on the peer
    int peak = 0;             ///< most of them since the drain was asked for; 0: none, or not known
    std::optional<double> timeLeft; ///< seconds; after three falling samples
    QStringList obstacles;          ///< who keeps sessions there and why, a sentence each

    bool isSafe() const { return state == State::SafeToStop || state == State::Stopped; }
    /// The check of that name has come out so; false: there is none.
    bool has(QLatin1StringView check, DrainCheck::State wanted) const;
    /// Nobody could look for sessions: nothing about the drain is known.
    bool isBlind() const;
};

using DrainState = DrainAssessment::State;

} // namespace qproxysql
