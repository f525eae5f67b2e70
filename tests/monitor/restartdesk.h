// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QFile>
#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>
#include <QtCore/QTemporaryDir>

#include <functional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/// The other end of a command for qproxysql-ctl rolling --run: this process restarts the server,
/// since it owns it. Needs an event loop.
class RestartDesk : public QObject
{
public:
    /// \a restart: gets the port, returns the command's exit code.
    explicit RestartDesk(std::function<int(const QByteArray &)> restart)
        : m_restart(std::move(restart))
    {
        ::mkfifo(QFile::encodeName(path("ask")).constData(), 0600);
        ::mkfifo(QFile::encodeName(path("answer")).constData(), 0600);
        m_ask = ::open(QFile::encodeName(path("ask")).constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        m_answer = ::open(QFile::encodeName(path("answer")).constData(), O_RDWR | O_CLOEXEC);
        m_notifier = std::make_unique<QSocketNotifier>(m_ask, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &RestartDesk::serve);
    }
    ~RestartDesk() override
    {
        m_notifier.reset();
        ::close(m_ask);
        ::close(m_answer);
    }
    Q_DISABLE_COPY_MOVE(RestartDesk)

    /// What it was asked to restart, in order.
    QList<QByteArray> served() const { return m_served; }
    QString command() const
    {
        return QStringLiteral("echo \"$QPROXYSQL_PORT\" > %1 && read code < %2 && exit $code")
                .arg(path("ask"), path("answer"));
    }

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void serve()
    {
        char text[64];
        const ssize_t size = ::read(m_ask, text, sizeof text);
        if (size <= 0)
            return;
        const QByteArray port = QByteArray(text, size).trimmed();
        m_served.append(port);
        const QByteArray code = QByteArray::number(m_restart(port)) + '\n';
        [[maybe_unused]] const ssize_t written = ::write(m_answer, code.constData(),
                                                         size_t(code.size()));
    }

    const QTemporaryDir m_folder;
    const std::function<int(const QByteArray &)> m_restart;
    QList<QByteArray> m_served;
    int m_ask = -1;
    int m_answer = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};
