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

/// Collects the reports of all processes that have a socket in a folder, in parallel, within a
/// deadline. Needs no connection to a server. Removes the sockets and files of processes that ended
/// without doing so. One thread with an event loop; does not block.
class ReportReader : public QObject
{
    Q_OBJECT

public:
    /// Without the additional time for probes.
    static constexpr std::chrono::milliseconds DefaultDeadline{500};

    /// \a around: the folder of the drain directory.
    explicit ReportReader(const QString &around,
                          std::chrono::milliseconds deadline = DefaultDeadline,
                          QObject *parent = nullptr);
    ~ReportReader() override;

    /// \a chooser selects, from the ids of processes that have a socket, those that are asked to
    /// probe their peers first. Empty: none.
    void setProbers(std::function<QSet<QString>(const QStringList &ids)> chooser)
    {
        m_chooseProbers = std::move(chooser);
    }

    /// Starts a collection unless one is running; collected() delivers its result.
    void collect();

Q_SIGNALS:
    /// One answer for each process, ordered by id. \a error: the folder could not be read.
    void collected(const QList<qproxysql::ReportAnswer> &answers, const QString &error);

private:
    void askMore();
    void finish();
    void giveUp();

    const ReportFolder m_folder;
    const std::chrono::milliseconds m_timeout;
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
