// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>

/// This program again, as an application that reports.
struct ReportingChild
{
    explicit ReportingChild(const QString &life, const QString &where)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--live"), life, where});
    }
    ~ReportingChild()
    {
        process.kill();
        process.waitForFinished();
    }
    QString line()
    {
        while (!process.canReadLine() && process.waitForReadyRead(20'000)) {
        }
        return QString::fromLocal8Bit(process.readLine()).trimmed();
    }
    void goOn() { process.write("\n"); }
    QProcess process;
};
