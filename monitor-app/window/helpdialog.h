// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QMainWindow;
QT_END_NAMESPACE

namespace qproxysql {

class HelpBrowser;

/// The window's help: what glyphs and columns mean, the keys, and the operator's guide. Stands
/// beside the window, which stays usable.
class HelpDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Part { Glyphs, Keys };

    /// Opens the legend, or brings it to the front.
    static void showLegend(QMainWindow *window, Part part);
    /// \a path: of docs/operators.md; empty: the installed one, else says where it would be.
    static void showGuide(QMainWindow *window, const QString &path = {});

    HelpBrowser &browser() const { return *m_browser; }

private:
    HelpDialog(const QString &name, const QString &title, QMainWindow *window);
    static HelpDialog *find(const QString &name, const QMainWindow *window);
    void bringToFront();

    HelpBrowser *m_browser;
};

} // namespace qproxysql
