// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/loginsource.h"

#include <QtCore/QSettings>

namespace qproxysql {

/// What the window remembers from one time to the next. No secrets: of an account the user and where the
/// password comes from. The GUI thread.
class MonitorSettings
{
public:
    /// \a file: an INI file; empty: the user's own place.
    explicit MonitorSettings(const QString &file = {});

    /// The pool file of the pools that were added here; beside the settings.
    QString ownPoolFile() const;

    QStringList poolFiles() const; ///< that were open
    void setPoolFiles(const QStringList &files);

    LoginSource login(const QString &source) const; ///< \a source: a pool file; empty: this machine
    void setLogin(const QString &source, const LoginSource &login);

    QString banner() const;
    void setBanner(const QString &text);
    bool isReadOnly() const;
    void setReadOnly(bool isReadOnly);

    int interval() const; ///< s; one of allowedIntervals()
    void setInterval(int seconds);
    static QList<int> allowedIntervals() { return {1, 2, 5, 10}; }

    bool isProblemsOnly() const;
    void setProblemsOnly(bool isOn);

    QByteArray geometry() const;
    void setGeometry(const QByteArray &geometry);
    QByteArray columns(int version) const; ///< of a header; empty when written for other columns
    void setColumns(const QByteArray &state, int version);
    QByteArray splitter() const;
    void setSplitter(const QByteArray &state);
    QString currentPool() const;
    void setCurrentPool(const QString &name);

    bool wasQuitTold() const; ///< that a drain goes on without the window
    void setQuitTold();

    void sync() { m_settings.sync(); }

private:
    QSettings m_settings;
};

} // namespace qproxysql
