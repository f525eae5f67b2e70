// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "config/peeraddress.h"
#include "config/pooldefinition.h"
#include "pool/peercounters.h"
#include "pool/peerstate.h"
#include "report/reportedhealth.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace qproxysql {

/// Numbers of sessions on a peer.
struct SessionCounts
{
    int sessions = 0; ///< open sessions, in use or not
    int parked = 0;   ///< sessions kept for the next open()
    int inUse = 0;    ///< sessions of open connections
    int busy = 0;     ///< sessions in use with a call in flight
    int inTransaction = 0;
    int pinned = 0; ///< sessions with state other than a transaction or results

    SessionCounts &operator+=(const SessionCounts &others);
    friend bool operator==(const SessionCounts &, const SessionCounts &) = default;
};

/// A process's report on one peer of one of its pools; docs/reports.md describes the fields.
struct PeerReport : SessionCounts
{
    PeerAddress address;
    QStringList identities;         ///< the server's own names
    ReportedHealth health;          ///< as the process sees it
    std::optional<Service> service; ///< as the process obeys it; nothing: a state of a later version
    QString serverRequest;          ///< the server's own request; empty: none
    QMap<QString, int> reasons;     ///< reason against a move -> number of sessions
    std::optional<double> oldestSession;      ///< seconds; of the sessions in use
    std::optional<double> longestTransaction; ///< seconds
    std::optional<double> idleHolder; ///< seconds since the last answer to the longest idle connection
    QStringList problems;             ///< why sessions cannot move: "no replacement: 1045 ..."
    PeerError lastError;              ///< at: by the process's clock
    std::optional<double> nextCheck;  ///< seconds until the next probe
    std::optional<double> connectAge; ///< seconds since a login with the readiness check succeeded
    std::optional<double> answerAge;  ///< seconds since any answer, of a session or at a connect
    std::optional<double> failureAge; ///< seconds since a failure of a connect or of a session
    bool isChecking = false;          ///< a probe is running
    TransactionFates transactions{};  ///< that were open there when their session was lost
    PeerCounters counters{};
    QList<quint64> connectionIds; ///< CONNECTION_ID() of the sessions for which it is known

    /// One of \a names is the peer's address or one of its identities.
    bool isNamed(const QStringList &names) const;

    friend bool operator==(const PeerReport &, const PeerReport &) = default;
};

struct PoolReport
{
    QString name;
    Control control = Control::Local; ///< unknown values of a later version are read as Local
    QList<PeerReport> peers;

    friend bool operator==(const PoolReport &, const PoolReport &) = default;
};

struct ProcessIdentity
{
    QString id; ///< random, unique
    QString application;
    QString host;
    qint64 pid = 0; ///< on that host, in the process's own PID namespace
    QString user;

    friend bool operator==(const ProcessIdentity &, const ProcessIdentity &) = default;
};

/// A process's report: one line of JSON, without statements and credentials. Times are ages in seconds, since
/// the clocks of two machines are not comparable. Value type.
struct ProcessReport
{
    static constexpr int Format = 1;

    ProcessIdentity process;
    quint64 generation = 0; ///< the newest drain request that the process obeys
    QList<PoolReport> pools;

    /// One line, including the line end.
    QByteArray toLine() const;

    struct Problem
    {
        enum Kind {
            Garbage, ///< no JSON object
            Foreign  ///< JSON, but no known format of a report
        };
        Kind kind = Garbage;
        QString text;
    };
    /// Reads the output of toLine(), of this format or a later one. Unknown fields are ignored, missing ones
    /// have their defaults, and texts are made plain (plainText()) and limited in length.
    static Expected<ProcessReport, Problem> read(const QByteArray &line);

    friend bool operator==(const ProcessReport &, const ProcessReport &) = default;
};

} // namespace qproxysql
