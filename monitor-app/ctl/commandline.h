// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QHash>
#include <QtCore/QStringList>

#include <optional>

namespace qproxysql {

class Session;

/// The command line of qproxysql-ctl. Value type.
class CommandLine
{
public:
    struct Reading
    {
        enum State { Good, Wrong, HelpWanted, VersionWanted };
        State state = Good;
        QString text; ///< an error with the allowed values, the help, or the version
    };
    /// \a arguments: including the program's name.
    Reading read(const QStringList &arguments);

    QString verb() const { return m_verb; }
    int run(Session &session) const { return m_run(session); } ///< the verb; returns the exit code
    QString peer() const { return m_peers.value(0); }
    QStringList peers() const { return m_peers; }
    bool has(const QString &option) const { return m_values.contains(option); }
    QString value(const QString &option) const { return m_values.value(option); }
    /// The value of an option in seconds; nothing when it was not given.
    std::optional<double> seconds(const QString &option) const;

private:
    QString checkOptions() const;
    QString checkArguments(const QStringList &arguments);
    QString checkRolling() const;

    QString m_verb;
    int (*m_run)(Session &) = nullptr;
    QStringList m_peers;
    QHash<QString, QString> m_values;
};

} // namespace qproxysql
