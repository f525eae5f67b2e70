// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

/// A terminal whose other end is this process.
class PseudoTerminal
{
public:
    PseudoTerminal(int columns, int rows)
        : m_master(::posix_openpt(O_RDWR | O_NOCTTY))
    {
        winsize size{};
        size.ws_col = static_cast<unsigned short>(columns);
        size.ws_row = static_cast<unsigned short>(rows);
        if (::grantpt(m_master) == 0 && ::unlockpt(m_master) == 0)
            m_name = QString::fromLocal8Bit(::ptsname(m_master));
        // Kept open, so that reading never fails.
        m_slave = ::open(m_name.toLocal8Bit().constData(), O_RDWR | O_NOCTTY);
        ::ioctl(m_master, TIOCSWINSZ, &size);
    }
    ~PseudoTerminal()
    {
        ::close(m_slave);
        ::close(m_master);
    }
    Q_DISABLE_COPY_MOVE(PseudoTerminal)

    QString name() const { return m_name; } ///< for QProcess::setStandardOutputFile()
    /// All that was written so far.
    QByteArray out()
    {
        pollfd ready{m_master, POLLIN, 0};
        while (::poll(&ready, 1, 0) > 0) {
            char bytes[4096];
            const ssize_t count = ::read(m_master, bytes, sizeof bytes);
            if (count <= 0)
                break;
            m_out.append(bytes, count);
        }
        return m_out;
    }

private:
    const int m_master;
    int m_slave = -1;
    QString m_name;
    QByteArray m_out;
};
