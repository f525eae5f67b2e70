// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/reportfolder.h"
#include "verdict/reportanswer.h"

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <functional>
#include <set>

namespace qproxysql {

class ReportQuestion;

/// Collects the reports of all processes that have a socket in a folder, all at once, within a deadline.
/// Needs no connection to any server, and removes what processes have left behind that ended without
/// tidying up. One thread with an event loop; does not block.
class ReportReader : public QObject
{
    Q_OBJECT

public:
    /// Without the time for probes, where some are asked for.
    static constexpr std::chrono::milliseconds DefaultDeadline{500};

    /// \a around: the drain directory's folder.
    explicit ReportReader(const QString &around,
                          std::chrono::milliseconds deadline = DefaultDeadline,
                          QObject *parent = nullptr);
    ~ReportReader() override;

    /// From now on the processes that \a chooser picks of those that have a socket, by their ids, are asked to
    /// probe their peers first. Empty: none.
    void setProbers(std::function<QSet<QString>(const QStringList &ids)> chooser)
    {
        m_chooseProbers = std::move(chooser);
    }

    /// Starts a collection, unless one is under way; collected() tells what came of it.
    void collect();

Q_SIGNALS:
    /// One answer a process, in the order of their ids. \a error: the folder could not be read.
    void collected(const QList<qproxysql::ReportAnswer> &answers, const QString &error);

private:
    void askMore();
    void finish();
    void giveUp();

    const ReportFolder m_folder;
    const std::chrono::milliseconds m_patience;
    QTimer m_deadline;
    bool m_isCollecting = false;
    QString m_error;
    QStringList m_waiting;
    std::function<QSet<QString>(const QStringList &)> m_chooseProbers;
    QSet<QString> m_probers;
    std::set<ReportQuestion *> m_asked;
    QList<ReportAnswer> m_answers;
};

} // namespace qproxysql
