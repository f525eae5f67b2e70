// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/peeraddress.h"
#include "config/pooldefinition.h"
#include "report/reportedhealth.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace qproxysql {

/// What a process says of one peer of one of its pools; docs/reports.md tells each field.
struct PeerReport
{
    PeerAddress address;
    QStringList identities;         ///< names that the server gave itself
    ReportedHealth health;          ///< believed
    std::optional<Service> service; ///< obeyed; nothing: one of a later version
    QString serverWish;             ///< what the server itself asks for; empty: nothing
    int sessions = 0;               ///< open, in use or not
    int parked = 0;                 ///< of these: kept for the next open()
    int inUse = 0;                  ///< held by an open connection
    int busy = 0;                   ///< of these: with a call in flight
    int inTransaction = 0;
    int pinned = 0;                      ///< hold something other than a transaction or results
    QMap<QString, int> reasons;          ///< name of what keeps sessions there -> how many
    std::optional<double> oldestSession; ///< seconds; of those in use
    std::optional<double> longestTransaction; ///< seconds
    std::optional<double> idleHolder; ///< seconds since the longest idle connection was last answered
    QStringList trouble;              ///< why sessions cannot leave: "no replacement: 1045 ..."
    int errorCode = 0;
    QString errorText;
    QDateTime errorAt;                ///< UTC, by the process's clock
    std::optional<double> nextCheck;  ///< seconds until
    std::optional<double> connectAge; ///< seconds since a login with the readiness check succeeded
    std::optional<double> answerAge;  ///< seconds since any answer, of a session or at a connect
    std::optional<double> failureAge; ///< seconds since a failure of a connect or of a session
    bool isChecking = false;          ///< a probe is under way
    QList<quint64> connectionIds;     ///< CONNECTION_ID() of its sessions, as far as known

    friend bool operator==(const PeerReport &, const PeerReport &) = default;
};

struct PoolReport
{
    QString name;
    Control control = Control::Local; ///< one of a later version is read as Local
    QList<PeerReport> peers;

    friend bool operator==(const PoolReport &, const PoolReport &) = default;
};

/// Who reports.
struct ProcessIdentity
{
    QString id; ///< random; what the process is known by
    QString application;
    QString host;
    qint64 pid = 0; ///< on that host, in its own name space
    QString user;

    friend bool operator==(const ProcessIdentity &, const ProcessIdentity &) = default;
};

/// What a process says of itself: one line of JSON. Holds neither statements nor credentials. Times are
/// ages in seconds, since two machines' clocks are never compared. Value type.
struct ProcessReport
{
    static constexpr int Format = 1;

    ProcessIdentity process;
    quint64 generation = 0; ///< of the drain directory: the newest that the process obeys
    QList<PoolReport> pools;

    /// One line, with its end.
    QByteArray toLine() const;

    enum class Reading {
        Good,
        Garbage, ///< no JSON object
        Foreign  ///< JSON, but not of a report that we know how to read
    };
    /// Reads what toLine() has written, of this format or a later one: unknown fields are passed over,
    /// missing ones are at their defaults, and texts are plain (plainText()) and not endless. \a error:
    /// what was wrong with it.
    static Reading read(const QByteArray &line, ProcessReport *report, QString *error);

    friend bool operator==(const ProcessReport &, const ProcessReport &) = default;
};

} // namespace qproxysql
