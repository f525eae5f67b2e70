// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/enumname.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace qproxysql {

/// One check of a drain and its result.
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

/// How far a drain has come at one moment. Value type.
struct DrainAssessment
{
    Q_GADGET

public:
    /// How far the drain has come.
    enum class State {
        InService,  ///< not drained
        Requested,  ///< some applications have not seen the request yet
        Draining,   ///< sessions are leaving
        Stalled,    ///< sessions are left and none leaves; \c obstacles says why
        Empty,      ///< no session is left, but not all checks passed yet
        SafeToStop, ///< all checks passed
        Stopped     ///< safe to stop, and it no longer answers
    };
    Q_ENUM(State)

    State state = State::InService;
    QList<DrainCheck> checks;       ///< empty while in service
    int left = 0;                   ///< sessions on the peer
    int peak = 0;                   ///< the most since the drain request; 0: none, or not known
    std::optional<double> timeLeft; ///< seconds; known after three falling samples
    QStringList obstacles; ///< which applications keep sessions there and why, a sentence each

    bool isSafe() const { return state == State::SafeToStop || state == State::Stopped; }
    /// True when there is such a check and its result is \a wanted.
    bool has(QLatin1StringView check, DrainCheck::State wanted) const;
    /// True when no source could see sessions, so that the state of the drain is unknown.
    bool isBlind() const;

    friend bool operator==(const DrainAssessment &, const DrainAssessment &) = default;
};

using DrainState = DrainAssessment::State;

} // namespace qproxysql
