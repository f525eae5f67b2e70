// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "scriptedsource.h"

#include "window/mainwindow.h"
#include "window/monitoractions.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/poolpage.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>

/// A window over a scripted source, with settings of its own. Nothing looks by itself.
class MonitorFixture
{
public:
    explicit MonitorFixture(bool isReadOnly = false, const QString &settingsFile = {})
        : settings(settingsFile.isEmpty() ? folder.filePath(QStringLiteral("monitor.ini"))
                                          : settingsFile)
        , sources({folder.path(), {}, isReadOnly})
        , window(sources, settings)
    {
        sources.setPaused(true);
        auto scripted = std::make_unique<ScriptedSource>();
        scripted->isReadOnlySource = isReadOnly;
        script = scripted.get();
        source = sources.add(std::make_unique<qproxysql::WatchedSource>(
                qproxysql::WatchedSource::Kind::Machine, QString(), std::move(scripted)));
    }

    /// Shows the window, and waits for the first view.
    bool show()
    {
        window.show();
        window.activateWindow();
        return QTest::qWaitForWindowActive(&window)
               && QTest::qWaitFor([this] { return window.page() != nullptr; });
    }
    bool refresh()
    {
        QSignalSpy spy(source, &qproxysql::WatchedSource::refreshed);
        source->refresh();
        return spy.count() > 0 || spy.wait();
    }
    qproxysql::PoolPage &page() { return *window.page(); }
    qproxysql::MonitorActions &actions() { return window.actions(); }

    QTemporaryDir folder;
    qproxysql::MonitorSettings settings;
    qproxysql::MonitorSources sources;
    qproxysql::MainWindow window;
    ScriptedSource *script = nullptr;
    qproxysql::WatchedSource *source = nullptr;
};
