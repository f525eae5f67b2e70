// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>

#ifdef Q_OS_LINUX
#include <linux/capability.h>
#include <sys/prctl.h>
#endif

/// One run of qproxysql-ctl, without a display.
class CtlRun
{
public:
    enum class Rights {
        All,
        OfNoSuperuser ///< so that file modes also restrict root
    };
    /// \a outFile: where its output goes; empty: to out().
    explicit CtlRun(const QStringList &arguments, const QStringList &environment = {},
                    Rights rights = Rights::All, const QString &outFile = {})
    {
#ifdef Q_OS_LINUX
        if (rights == Rights::OfNoSuperuser) {
            m_process.setChildProcessModifier([] {
                ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
                ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
            });
        }
#else
        Q_UNUSED(rights)
#endif
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        for (const char *name :
             {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QPROXYSQL_PASSWORD", "NO_COLOR"})
            variables.remove(QString::fromLatin1(name));
        for (const QString &variable : environment)
            variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        m_process.setProcessEnvironment(variables);
        if (!outFile.isEmpty())
            m_process.setStandardOutputFile(outFile);
        m_process.start(QStringLiteral(CTL_PROGRAM), arguments);
    }
    ~CtlRun()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// The exit code; -1 when it does not end within a minute or crashes.
    int code()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(60'000))
            return -1;
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    QString out()
    {
        m_out += QString::fromUtf8(m_process.readAllStandardOutput());
        return m_out;
    }
    QString error()
    {
        m_error += QString::fromUtf8(m_process.readAllStandardError());
        return m_error;
    }
    /// For messages of tests.
    QByteArray all()
    {
        return (out() + error()).toUtf8();
    }
    QProcess &process()
    {
        return m_process;
    }

private:
    QProcess m_process;
    QString m_out;
    QString m_error;
};

/// Compares the exit code and shows the output if it differs.
#define COMPARE_EXIT(run, expected) \
    do { \
        const int actual = (run).code(); \
        QVERIFY2(actual == (expected), qPrintable(QString::fromLatin1("ended with %1: %2") \
                                                          .arg(actual) \
                                                          .arg(QString::fromUtf8((run).all())))); \
    } while (false)
