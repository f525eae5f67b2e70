// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/reportconversation.h"
#include "report/reportfolder.h"
#include "report/socketpath.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>

#include <chrono>
#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QLocalServer;
QT_END_NAMESPACE

namespace qproxysql {

/// Answers on a process's socket: one request a connection, `report` or `probe`, with one
/// line. Readers that are slow, say nothing or say too much are dropped; there is room for
/// MostReaders of them. Nothing here blocks but local file I/O in listen() and at the end.
///
/// Lives in one thread with an event loop, used there only. Its socket and the file beside it are removed
/// by the destructor.
class ReportServer : public QObject
{
    Q_OBJECT

public:
    static constexpr int MostReaders = 32;

    using Source = std::function<ProcessReport()>; ///< must not block; called in the server's thread

    /// \a around: the drain directory's folder.
    /// \a patience: how long a reader may take to ask, or to take a line.
    /// \a probes: called in the server's thread.
    ReportServer(const QString &around, ProcessIdentity process, Source source,
                 std::chrono::milliseconds patience = std::chrono::seconds(5),
                 ReportConversation::Probes probes = {});
    ~ReportServer() override;

    bool listen(QString *error); ///< false: \a error says what is wrong with which file
    bool isListening() const;    ///< and its socket has not been removed by anybody
    QString socketFile() const { return m_folder.socketFile(m_process.id); }

private:
    void welcome();
    QByteArray line();

    const ReportFolder m_folder;
    const ProcessIdentity m_process;
    const Source m_source;
    const std::chrono::milliseconds m_patience;
    const ReportConversation::Probes m_probes;
    std::unique_ptr<SocketPath> m_path; ///< outlives m_server, which removes what it names
    std::unique_ptr<QLocalServer> m_server;
    int m_readers = 0;
    QByteArray m_line; ///< the last one, for readers who come at the same time
    QElapsedTimer m_lineAge;
};

} // namespace qproxysql
