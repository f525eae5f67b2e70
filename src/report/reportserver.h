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

/// Serves reports on the process's socket: one request per connection, `report` or `probe`, is answered by one
/// line. Readers that are slow or silent, or that send too much, are disconnected; there are at most
/// MostReaders. Only local file I/O in listen() and in the destructor blocks.
///
/// Lives in one thread with an event loop and is used only there. The destructor removes the socket and the
/// file beside it.
class ReportServer : public QObject
{
    Q_OBJECT

public:
    static constexpr int MostReaders = 32;

    using Source = std::function<ProcessReport()>; ///< must not block; called in the server's thread

    /// \a around: the drain directory's folder.
    /// \a patience: how long a reader may take to send a request, or to receive a line.
    /// \a probes: called in the server's thread.
    ReportServer(const QString &around, ProcessIdentity process, Source source,
                 std::chrono::milliseconds patience = std::chrono::seconds(5),
                 ReportConversation::Probes probes = {});
    ~ReportServer() override;

    Expected<void> listen();  ///< the error says what is wrong with which file
    bool isListening() const; ///< false also when somebody has removed the socket
    QString socketFile() const { return m_folder.socketFile(m_process.id); }

private:
    void welcome();
    QByteArray line();

    const ReportFolder m_folder;
    const ProcessIdentity m_process;
    const Source m_source;
    const std::chrono::milliseconds m_patience;
    const ReportConversation::Probes m_probes;
    std::unique_ptr<SocketPath> m_path; ///< outlives m_server, which removes the socket of this path
    std::unique_ptr<QLocalServer> m_server;
    int m_readers = 0;
    QByteArray m_line; ///< the last line, shared by simultaneous readers
    QElapsedTimer m_lineAge;
};

} // namespace qproxysql
